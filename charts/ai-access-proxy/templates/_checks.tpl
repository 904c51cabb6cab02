{{/* What the schema cannot see: values that make no sense together. Each says what would. */}}
{{- define "access.checks" -}}
{{- $v := .Values -}}
{{- if and (eq $v.profile "redis") (not $v.redis.existingSecret) -}}
{{- fail "redis.existingSecret: the profile redis needs a Secret with the connection and the instances' secret; name it" -}}
{{- end -}}
{{- if and (eq $v.profile "embedded") $v.autoscaling.enabled -}}
{{- fail "autoscaling.enabled: one pod writes the embedded ledger; several need profile: redis" -}}
{{- end -}}
{{- if and $v.autoscaling.enabled (lt ($v.autoscaling.maxReplicas | int) ($v.autoscaling.minReplicas | int)) -}}
{{- fail "autoscaling.maxReplicas: is below autoscaling.minReplicas" -}}
{{- end -}}
{{- if and $v.autoscaling.enabled (not $v.autoscaling.cpu) (not $v.autoscaling.requests.perPod) -}}
{{- fail "autoscaling: name a target: autoscaling.cpu or autoscaling.requests.perPod" -}}
{{- end -}}
{{- if and (eq $v.policies.source "configMap") (not $v.policies.configMap) (not $v.policies.files) -}}
{{- fail "policies: name a ConfigMap (policies.configMap), give the files (policies.files), or choose another policies.source; without policies nothing starts" -}}
{{- end -}}
{{- if and $v.policies.configMap $v.policies.files -}}
{{- fail "policies.files: would go into a ConfigMap of the chart's own, and policies.configMap names another; leave one" -}}
{{- end -}}
{{- if and (eq $v.policies.source "git") (not $v.policies.git.repository) -}}
{{- fail "policies.git.repository: name the repository that holds the policies" -}}
{{- end -}}
{{- if and (eq $v.policies.source "volume") (not $v.policies.volume) -}}
{{- fail "policies.volume: name the volume that holds the policies" -}}
{{- end -}}
{{- if and (or $v.control.ingress.enabled $v.channels.ingress.enabled) (not $v.control.publicUrl) -}}
{{- fail "control.publicUrl: an Ingress leads to the control plane, which answers to no name but this" -}}
{{- end -}}
{{- if and $v.control.ingress.enabled (ne $v.control.ingress.host (regexReplaceAll ":[0-9]+$" (get (urlParse $v.control.publicUrl) "host") "")) -}}
{{- fail (printf "control.ingress.host: %s is not the host of control.publicUrl, %s; requests for other names are refused" $v.control.ingress.host $v.control.publicUrl) -}}
{{- end -}}
{{- if and $v.channels.ingress.enabled (not (or $v.channels.ingress.teams $v.channels.ingress.slack)) -}}
{{- fail "channels.ingress: leads nowhere; turn on teams or slack, or leave it out" -}}
{{- end -}}
{{- if and $v.monitoring.serviceMonitor.enabled (not $v.monitoring.metrics.existingSecret) -}}
{{- fail "monitoring.metrics.existingSecret: who scrapes from elsewhere than the pod itself needs a token; name the Secret that holds it" -}}
{{- end -}}
{{- if and $v.channels.teams.existingSecret $v.channels.teams.certificateSecret -}}
{{- fail "channels.teams: existingSecret and certificateSecret are two ways to say the same; leave one" -}}
{{- end -}}
{{- if and $v.control.oidc.issuer (not (or $v.control.oidc.clientId $v.control.oidc.audience)) -}}
{{- fail "control.oidc: an issuer alone signs nobody in; name clientId, audience or both" -}}
{{- end -}}
{{- end -}}
