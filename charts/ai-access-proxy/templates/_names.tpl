{{/* Names and labels. Kubernetes allows 63 characters; the longest suffix (-control) has eight. */}}
{{- define "access.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 50 | trimSuffix "-" -}}
{{- end -}}

{{- define "access.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 50 | trimSuffix "-" -}}
{{- else if contains (include "access.name" .) .Release.Name -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "access.name" .) | trunc 50 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "access.selector" -}}
app.kubernetes.io/name: {{ include "access.name" . | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end -}}

{{/* Of the pods that serve; the test's pods are of another component, so that no Service leads to them. */}}
{{- define "access.proxySelector" -}}
{{ include "access.selector" . }}
app.kubernetes.io/component: proxy
{{- end -}}

{{- define "access.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{ include "access.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end -}}

{{- define "access.serviceAccount" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "access.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- define "access.image" -}}
{{- if .Values.image.digest -}}
{{- printf "%s@%s" .Values.image.repository .Values.image.digest -}}
{{- else -}}
{{- printf "%s:%s" .Values.image.repository (default .Chart.AppVersion .Values.image.tag) -}}
{{- end -}}
{{- end -}}

{{- define "access.controlScheme" -}}
{{- ternary "https" "http" (ne .Values.control.tls.existingSecret "") -}}
{{- end -}}

{{- define "access.agentsScheme" -}}
{{- ternary "https" "http" (ne .Values.agents.tls.existingSecret "") -}}
{{- end -}}
