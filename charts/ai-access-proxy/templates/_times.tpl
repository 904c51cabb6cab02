{{/* A duration as the settings have it (1h30m, 50s, 250ms), in whole seconds, rounded up by a second where there are milliseconds. */}}
{{- define "access.seconds" -}}
{{- $sum := 0 -}}
{{- range regexFindAll "[0-9]+(ms|d|h|m|s)" . -1 -}}
{{- $count := regexFind "^[0-9]+" . | int64 -}}
{{- $unit := regexFind "[a-z]+$" . -}}
{{- if eq $unit "ms" -}}{{- $sum = add $sum 1 -}}{{- else -}}
{{- $sum = add $sum (mul $count (get (dict "d" 86400 "h" 3600 "m" 60 "s" 1) $unit | int64)) -}}
{{- end -}}
{{- end -}}
{{- $sum -}}
{{- end -}}

{{/* The longest hold there can be: what `Prefer: wait=n` gets at most, what a route may say (10m), and what it says by default. */}}
{{- define "access.longestHold" -}}
{{- $hold := include "access.seconds" (get .Values.settings "gate:hold" | default "50s") | int64 -}}
{{- $most := include "access.seconds" (get .Values.settings "gate:maxHold" | default "10m") | int64 -}}
{{- max $hold $most 600 -}}
{{- end -}}

{{/* Time for a pod to end: its way out of the Services, and its calls. Held ones are answered at once when it stops; those under way finish. */}}
{{- define "access.grace" -}}
{{- $longest := include "access.longestHold" . | int64 -}}
{{- $given := .Values.terminationGracePeriodSeconds | int64 -}}
{{- if and $given (le $given $longest) -}}
{{- fail (printf "terminationGracePeriodSeconds: %d is not longer than the longest hold, %d s (gate:maxHold)" $given $longest) -}}
{{- end -}}
{{- $given | default (add $longest 60 .Values.drainSeconds) -}}
{{- end -}}
