# Not built in this project's own checks: they run where there is no Docker engine.
# docker build -t ant-clio . && docker run --rm -v "$PWD:/data" ant-clio run --input chats.jsonl --with-hierarchy --with-privacy

FROM node:24-bookworm-slim AS build
WORKDIR /src
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY . .
# The image's own node builds: the `node` package of the registry is only for machines without Node 24.
RUN node scripts/build.ts && npm prune --omit=dev --ignore-scripts

FROM node:24-bookworm-slim
WORKDIR /app
COPY --from=build /src/package.json ./
COPY --from=build /src/node_modules ./node_modules
COPY --from=build /src/dist ./dist
COPY --from=build /src/data ./data
# Runs and inputs live in the mounted folder; the program itself cannot be changed from inside.
USER node
WORKDIR /data
ENTRYPOINT ["node", "/app/dist/clio.js"]
CMD ["--help"]
