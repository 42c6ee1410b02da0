# The server in a small image. Build: docker build -t outcross .
FROM rust:1.95-bookworm AS build
WORKDIR /build
COPY . .
RUN cargo build --profile dist --locked

FROM debian:bookworm-slim
RUN useradd --system --uid 8017 --create-home outcross && install -d -o outcross /data
COPY --from=build /build/target/dist/outcross /usr/local/bin/outcross
USER outcross
VOLUME /data
EXPOSE 8017
ENV OUTCROSS_DATA=/data
ENTRYPOINT ["outcross"]
CMD ["serve"]
