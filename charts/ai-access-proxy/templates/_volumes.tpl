{{- define "access.policyFolder" -}}
{{- if eq .Values.policies.source "git" -}}
{{- printf "/policies/current/%s" .Values.policies.git.folder | trimSuffix "/" -}}
{{- else -}}
/policies
{{- end -}}
{{- end -}}

{{/* Whole folders everywhere: a file mounted by subPath never changes again. */}}
{{- define "access.mounts" -}}
- { name: policies, mountPath: /policies, readOnly: true }
{{- if eq .Values.profile "embedded" }}
- { name: data, mountPath: /data }
{{- end }}
{{- if .Values.agents.tls.existingSecret }}
- { name: tls-agents, mountPath: /tls/agents, readOnly: true }
{{- end }}
{{- if .Values.control.tls.existingSecret }}
- { name: tls-control, mountPath: /tls/control, readOnly: true }
{{- end }}
{{- if and .Values.channels.teams.appId .Values.channels.teams.certificateSecret }}
- { name: tls-teams, mountPath: /tls/teams, readOnly: true }
{{- end }}
{{- if and (eq .Values.profile "redis") .Values.redis.caSecret }}
- { name: tls-redis, mountPath: /tls/redis, readOnly: true }
{{- end }}
{{- range .Values.secretFiles }}
- { name: {{ printf "secret-%s" . | quote }}, mountPath: {{ printf "/secrets/%s" . | quote }}, readOnly: true }
{{- end }}
{{- with .Values.extraVolumeMounts }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "access.volumes" -}}
- name: policies
{{- if eq .Values.policies.source "configMap" }}
  configMap:
    name: {{ default (printf "%s-policies" (include "access.fullname" .)) .Values.policies.configMap | quote }}
{{- else if eq .Values.policies.source "git" }}
  emptyDir: { sizeLimit: 512Mi }
- name: git-home
  emptyDir: { sizeLimit: 16Mi }
{{- if .Values.policies.git.existingSecret }}
- name: git-secret
  secret: { secretName: {{ .Values.policies.git.existingSecret | quote }}, defaultMode: 288 }
{{- end }}
{{- else }}
  {{- toYaml .Values.policies.volume | nindent 2 }}
{{- end }}
{{- if .Values.agents.tls.existingSecret }}
- name: tls-agents
  secret: { secretName: {{ .Values.agents.tls.existingSecret | quote }}, defaultMode: 288 }
{{- end }}
{{- if .Values.control.tls.existingSecret }}
- name: tls-control
  secret: { secretName: {{ .Values.control.tls.existingSecret | quote }}, defaultMode: 288 }
{{- end }}
{{- if and .Values.channels.teams.appId .Values.channels.teams.certificateSecret }}
- name: tls-teams
  secret: { secretName: {{ .Values.channels.teams.certificateSecret | quote }}, defaultMode: 288 }
{{- end }}
{{- if and (eq .Values.profile "redis") .Values.redis.caSecret }}
- name: tls-redis
  secret: { secretName: {{ .Values.redis.caSecret | quote }}, items: [{ key: ca.crt, path: ca.crt }] }
{{- end }}
{{- range .Values.secretFiles }}
- name: {{ printf "secret-%s" . | quote }}
  secret: { secretName: {{ . | quote }}, defaultMode: 288 }
{{- end }}
{{- with .Values.extraVolumes }}
{{ toYaml . }}
{{- end }}
{{- end -}}
