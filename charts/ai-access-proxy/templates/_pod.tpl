{{/* The pod, the same in both profiles but for where its ledger is. */}}
{{- define "access.pod" -}}
{{- include "access.checks" . -}}
metadata:
  labels:
    {{- include "access.labels" . | nindent 4 }}
    app.kubernetes.io/component: proxy
    {{- with .Values.podLabels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  annotations:
    kubectl.kubernetes.io/default-container: proxy
    {{- with .Values.podAnnotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  serviceAccountName: {{ include "access.serviceAccount" . | quote }}
  automountServiceAccountToken: false
  # The chart's own variables say where things are; those of every Service in the namespace would only be in the way.
  enableServiceLinks: false
  terminationGracePeriodSeconds: {{ include "access.grace" . }}
  securityContext:
    {{- include "access.podSecurity" . | nindent 4 }}
  {{- with .Values.imagePullSecrets }}
  imagePullSecrets:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .Values.priorityClassName }}
  priorityClassName: {{ . | quote }}
  {{- end }}
  {{- with .Values.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .Values.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .Values.affinity }}
  affinity:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- if .Values.topologySpreadConstraints }}
  topologySpreadConstraints:
    {{- toYaml .Values.topologySpreadConstraints | nindent 4 }}
  {{- else if eq .Values.profile "redis" }}
  topologySpreadConstraints:
    - maxSkew: 1
      topologyKey: kubernetes.io/hostname
      whenUnsatisfiable: ScheduleAnyway
      labelSelector:
        matchLabels:
          {{- include "access.proxySelector" . | nindent 10 }}
  {{- end }}
  {{- if eq .Values.policies.source "git" }}
  initContainers:
    {{- include "access.gitSync" . | nindent 4 }}
  {{- end }}
  containers:
    - name: proxy
      image: {{ include "access.image" . | quote }}
      imagePullPolicy: {{ .Values.image.pullPolicy }}
      args: [serve]
      securityContext:
        {{- include "access.containerSecurity" . | nindent 8 }}
      ports:
        - { name: agents, containerPort: 8080, protocol: TCP }
        - { name: control, containerPort: 8081, protocol: TCP }
      env:
        {{- include "access.env" . | nindent 8 }}
      {{- with .Values.envFrom }}
      envFrom:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      # Nobody is sent here before it listens, and nothing ends it while it opens a long ledger.
      startupProbe:
        httpGet: { path: /livez, port: control, scheme: {{ include "access.controlScheme" . | upper }} }
        periodSeconds: 1
        timeoutSeconds: 5
        failureThreshold: {{ .Values.probes.startupSeconds | int }}
      readinessProbe:
        httpGet: { path: /readyz, port: control, scheme: {{ include "access.controlScheme" . | upper }} }
        periodSeconds: {{ .Values.probes.readinessSeconds | int }}
        timeoutSeconds: 5
        failureThreshold: 3
      livenessProbe:
        httpGet: { path: /livez, port: control, scheme: {{ include "access.controlScheme" . | upper }} }
        periodSeconds: {{ .Values.probes.livenessSeconds | int }}
        timeoutSeconds: 5
        failureThreshold: 6
      resources:
        {{- toYaml .Values.resources | nindent 8 }}
      volumeMounts:
        {{- include "access.mounts" . | nindent 8 }}
  volumes:
    {{- include "access.volumes" . | nindent 4 }}
{{- end -}}

{{/* What the restricted Pod Security Standard asks for, and a user of the image's own (APP_UID of .NET's images). */}}
{{- define "access.podSecurity" -}}
runAsNonRoot: true
runAsUser: 1654
runAsGroup: 1654
fsGroup: 1654
fsGroupChangePolicy: OnRootMismatch
seccompProfile: { type: RuntimeDefault }
{{- end -}}

{{- define "access.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
privileged: false
capabilities: { drop: [ALL] }
{{- end -}}
