# syntax=docker/dockerfile:1
# The image of aiaccess: the runtime, the program, nothing else. No shell, no package manager, no root, nothing that has to be written but /data.
#   docker build -t ai-access-proxy .
#   docker run --read-only --cap-drop ALL -p 8080:8080 -p 127.0.0.1:8081:8081 -v "$PWD/policies:/policies:ro" -v ai-access-data:/data ai-access-proxy
# Built on the processor that it is for (SDK libraries in eng/SdkLibraries.props are compiled for it): for another one, build with emulation or there.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source

# What packages are restored from; changes less often than the code.
COPY global.json Directory.Build.props Directory.Packages.props .editorconfig ./
COPY eng/SdkLibraries.props eng/BannedSymbols.txt eng/
COPY src/AiAccessProxy/AiAccessProxy.csproj src/AiAccessProxy/
RUN dotnet restore src/AiAccessProxy --use-current-runtime -p:PublishReadyToRun=true

COPY policies/demo policies/demo
COPY src src
# Compiled ahead, which saves a seventh of the work of a start. Not trimmed: YAML, settings and JSON find their types by reflection.
RUN dotnet publish src/AiAccessProxy --no-restore --use-current-runtime --self-contained false --configuration Release \
      -p:PublishReadyToRun=true -p:SatelliteResourceLanguages=en -p:RunAnalyzers=false -p:DebugType=none --output /app \
 && mkdir /data

# Chiseled: no shell. InvariantGlobalization is set, so neither ICU nor time zones' names are missed; zones themselves come with -extra.
FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled-extra
COPY --from=build /app /app
# Belongs to the user of the image, so that a new volume does as well.
COPY --from=build --chown=$APP_UID:$APP_UID /data /data
USER $APP_UID
WORKDIR /app

# On every address: what may reach them is said by who runs the container. DOTNET_EnableDiagnostics=0: no debugger's socket in /tmp, which is
# read-only, and no way for a neighbour to read memory. GCgen0size (48 MiB): fewer pauses; MALLOC_ARENA_MAX: less memory for the same connections
# (docs/decisions/0023-what-a-flood-costs-others.md). bench/floods measures with both.
ENV AIACCESS__GATE__URL=http://0.0.0.0:8080 \
    AIACCESS__CONTROL__URL=http://0.0.0.0:8081 \
    AIACCESS__POLICIES__FOLDER=/policies \
    AIACCESS__LEDGER__FOLDER=/data \
    DOTNET_EnableDiagnostics=0 \
    DOTNET_GCgen0size=0x3000000 \
    MALLOC_ARENA_MAX=2
EXPOSE 8080 8081
VOLUME /data
HEALTHCHECK --interval=10s --timeout=6s --start-period=10s CMD ["/usr/bin/dotnet", "/app/aiaccess.dll", "probe"]
ENTRYPOINT ["/usr/bin/dotnet", "/app/aiaccess.dll"]
CMD ["serve"]
