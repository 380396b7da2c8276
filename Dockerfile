# A small image with sayso alone: docker run --rm -v "$PWD:/drafts" sayso check
FROM rust:1-alpine AS build
WORKDIR /src
COPY . .
RUN apk add --no-cache musl-dev gcc && cargo build --profile dist --locked

FROM scratch
COPY --from=build /src/target/dist/sayso /sayso
WORKDIR /drafts
# Nobody: the drafts are only read.
USER 65534:65534
ENTRYPOINT ["/sayso"]
