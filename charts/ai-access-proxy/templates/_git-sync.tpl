{{/* A sidecar that started before the proxy does: its first checkout is there when the proxy looks. A change swaps one link. */}}
{{- define "access.gitSync" -}}
{{- $git := .Values.policies.git -}}
- name: git-sync
  image: {{ printf "%s%s" $git.image.repository (empty $git.image.digest | ternary (printf ":%s" $git.image.tag) (printf "@%s" $git.image.digest)) | quote }}
  imagePullPolicy: {{ .Values.image.pullPolicy }}
  restartPolicy: Always
  args:
    - --repo={{ $git.repository }}
    - --ref={{ $git.ref }}
    - --root=/policies
    - --link=current
    - --period={{ $git.period }}
    - --depth=1
    # The policies that are in force stay while the repository cannot be reached.
    - --max-failures=-1
    - --http-bind=:2020
    {{- if $git.existingSecret }}
    {{- if eq $git.credential "ssh" }}
    - --ssh-key-file=/etc/git-secret/ssh
    - --ssh-known-hosts-file=/etc/git-secret/known_hosts
    {{- else }}
    - --username=$(GIT_USER)
    - --password-file=/etc/git-secret/password
    {{- end }}
    {{- end }}
  env:
    - { name: HOME, value: /tmp }
    {{- if and $git.existingSecret (eq $git.credential "https") }}
    - name: GIT_USER
      valueFrom: { secretKeyRef: { name: {{ $git.existingSecret | quote }}, key: username } }
    {{- end }}
  securityContext:
    # The user that this image knows, which ssh insists on.
    runAsUser: 65533
    {{- include "access.containerSecurity" . | nindent 4 }}
  startupProbe:
    httpGet: { path: /, port: 2020 }
    periodSeconds: 2
    timeoutSeconds: 5
    failureThreshold: 60
  resources:
    {{- toYaml $git.resources | nindent 4 }}
  volumeMounts:
    - { name: policies, mountPath: /policies }
    - { name: git-home, mountPath: /tmp }
    {{- if $git.existingSecret }}
    - { name: git-secret, mountPath: /etc/git-secret, readOnly: true }
    {{- end }}
{{- end -}}
