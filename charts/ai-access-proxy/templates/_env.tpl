{{/* Settings as variables. Names are those of docs/settings.md; a test holds each against its table. */}}
{{- define "access.env" -}}
- name: AIACCESS__GATE__URL
  value: {{ include "access.agentsScheme" . }}://0.0.0.0:8080
- name: AIACCESS__CONTROL__URL
  value: {{ include "access.controlScheme" . }}://0.0.0.0:8081
- name: AIACCESS__APPROVALS__DRAIN
  value: {{ printf "%ds" (int .Values.drainSeconds) }}
{{- with .Values.agents.publicUrl }}
- name: AIACCESS__GATE__PUBLICURL
  value: {{ . | quote }}
{{- end }}
{{- with .Values.control.publicUrl }}
- name: AIACCESS__CONTROL__PUBLICURL
  value: {{ . | quote }}
{{- end }}
{{- if .Values.agents.tls.existingSecret }}
- name: AIACCESS__GATE__CERTIFICATE
  value: /tls/agents/tls.crt
- name: AIACCESS__GATE__CERTIFICATEKEY
  value: /tls/agents/tls.key
{{- end }}
{{- if .Values.control.tls.existingSecret }}
- name: AIACCESS__CONTROL__CERTIFICATE
  value: /tls/control/tls.crt
- name: AIACCESS__CONTROL__CERTIFICATEKEY
  value: /tls/control/tls.key
{{- end }}
- name: AIACCESS__POLICIES__FOLDER
  value: {{ include "access.policyFolder" . | quote }}
{{- if eq .Values.profile "embedded" }}
- name: AIACCESS__LEDGER__FOLDER
  value: /data/ledger
{{- else }}
- name: AIACCESS__LEDGER__REDIS__CONFIGURATION
  valueFrom: { secretKeyRef: { name: {{ .Values.redis.existingSecret | quote }}, key: {{ .Values.redis.configurationKey | quote }} } }
- name: AIACCESS__LEDGER__REDIS__SECRETS
  valueFrom: { secretKeyRef: { name: {{ .Values.redis.existingSecret | quote }}, key: {{ .Values.redis.secretsKey | quote }} } }
{{- with .Values.redis.prefix }}
- name: AIACCESS__LEDGER__REDIS__PREFIX
  value: {{ . | quote }}
{{- end }}
{{- with .Values.redis.passwordKey }}
- name: AIACCESS__LEDGER__REDIS__PASSWORD
  valueFrom: { secretKeyRef: { name: {{ $.Values.redis.existingSecret | quote }}, key: {{ . | quote }} } }
{{- end }}
{{- if .Values.redis.caSecret }}
- name: AIACCESS__LEDGER__REDIS__CERTIFICATEAUTHORITY
  value: /tls/redis/ca.crt
{{- end }}
{{- end }}
{{- with .Values.control.oidc }}
{{- if .issuer }}
- name: AIACCESS__CONTROL__OIDC__ISSUER
  value: {{ .issuer | quote }}
{{- with .clientId }}
- name: AIACCESS__CONTROL__OIDC__CLIENTID
  value: {{ . | quote }}
{{- end }}
{{- with .audience }}
- name: AIACCESS__CONTROL__OIDC__AUDIENCE
  value: {{ . | quote }}
{{- end }}
{{- with .name }}
- name: AIACCESS__CONTROL__OIDC__NAME
  value: {{ . | quote }}
{{- end }}
{{- if .existingSecret }}
- name: AIACCESS__CONTROL__OIDC__CLIENTSECRET
  valueFrom: { secretKeyRef: { name: {{ .existingSecret | quote }}, key: {{ .secretKey | quote }} } }
{{- end }}
{{- end }}
{{- end }}
{{- include "access.teams" . }}
{{- with .Values.monitoring.metrics }}
{{- if .existingSecret }}
- name: AIACCESS__TELEMETRY__METRICSTOKEN
  valueFrom: { secretKeyRef: { name: {{ .existingSecret | quote }}, key: {{ .secretKey | quote }} } }
{{- end }}
{{- end }}
{{- range $name, $value := .Values.settings }}
- name: AIACCESS__{{ $name | upper | replace ":" "__" }}
  value: {{ (kindIs "float64" $value) | ternary (int64 $value | toString) (toString $value) | quote }}
{{- end }}
{{- include "access.otlp" . }}
{{- with .Values.env }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "access.teams" -}}
{{- with .Values.channels.teams }}
{{- if .appId }}
- name: AIACCESS__TEAMS__MICROSOFTAPPID
  value: {{ .appId | quote }}
- name: AIACCESS__TEAMS__MICROSOFTAPPTYPE
  value: {{ .appType | quote }}
{{- with .tenantId }}
- name: AIACCESS__TEAMS__MICROSOFTAPPTENANTID
  value: {{ . | quote }}
{{- end }}
{{- with .tenants }}
- name: AIACCESS__TEAMS__TENANTS
  value: {{ join "," . | quote }}
{{- end }}
{{- if .existingSecret }}
- name: AIACCESS__TEAMS__MICROSOFTAPPPASSWORD
  valueFrom: { secretKeyRef: { name: {{ .existingSecret | quote }}, key: {{ .secretKey | quote }} } }
{{- end }}
{{- if .certificateSecret }}
- name: AIACCESS__TEAMS__MICROSOFTAPPCERTIFICATE
  value: /tls/teams/tls.crt
- name: AIACCESS__TEAMS__MICROSOFTAPPCERTIFICATEKEY
  value: /tls/teams/tls.key
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{- define "access.otlp" -}}
{{- with .Values.telemetry }}
{{- if .otlpEndpoint }}
- name: OTEL_EXPORTER_OTLP_ENDPOINT
  value: {{ .otlpEndpoint | quote }}
- name: OTEL_EXPORTER_OTLP_PROTOCOL
  value: {{ .otlpProtocol | quote }}
{{- if .headersSecret }}
- name: OTEL_EXPORTER_OTLP_HEADERS
  valueFrom: { secretKeyRef: { name: {{ .headersSecret | quote }}, key: headers } }
{{- end }}
- name: POD_NAME
  valueFrom: { fieldRef: { fieldPath: metadata.name } }
- name: POD_NAMESPACE
  valueFrom: { fieldRef: { fieldPath: metadata.namespace } }
- name: OTEL_RESOURCE_ATTRIBUTES
  value: "k8s.pod.name=$(POD_NAME),k8s.namespace.name=$(POD_NAMESPACE){{ range $name, $value := .resourceAttributes }},{{ $name }}={{ $value }}{{ end }}"
{{- end }}
{{- end }}
{{- end -}}
