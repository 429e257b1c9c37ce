package org.metafusion.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.metafusion.core.port.StoredModel;
import org.metafusion.ensemble.live.LiveModel;

/** What a caller reads on its connection when its body is refused. */
final class RefusedBodyTest {

    private static final StoredModel MODEL = SmallModel.stored(1, "cat", "dog");
    private static final int LIMIT = 100;
    private static final String POST = "POST /v1/predict HTTP/1.1\r\nHost: here\r\n";
    private static final String GET = "GET /health/live HTTP/1.1\r\nHost: here\r\n\r\n";

    private final ModelServer server = ModelServer.start(
            new LiveModel(SmallModel.open(MODEL)),
            () -> SmallModel.open(MODEL),
            new ServeOptions("127.0.0.1", 0, LIMIT, 4, Optional.empty()),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));

    private Socket socket;
    private BufferedReader replies;

    @BeforeEach
    void connect() throws IOException {
        URI uri = server.uri();
        socket = new Socket(uri.getHost(), uri.getPort());
        socket.setSoTimeout(20_000);
        replies = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    @AfterEach
    void stop() throws IOException {
        socket.close();
        server.close();
    }

    @Test
    void aBodyOverTheLimitIsReadToItsEndSoThatTheConnectionServesTheNextRequest() throws IOException {
        send(POST + "Content-Length: 300000\r\n\r\n" + "1".repeat(200_000));
        send("1".repeat(100_000) + GET);
        assertThat(reply()).startsWith("HTTP/1.1 413 ").doesNotContain("Connection: close");
        assertThat(reply()).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void aBodyOfAnotherTypeIsReadToItsEndAsWell() throws IOException {
        send(POST + "Content-Type: text/csv\r\nContent-Length: 6000\r\n\r\n");
        send("1,2\r\n ".repeat(1000) + GET);
        assertThat(reply()).startsWith("HTTP/1.1 415 ").doesNotContain("Connection: close");
        assertThat(reply()).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void aBodyInPartsThatNeverEndsIsCutOff() throws IOException {
        send(POST + "Transfer-Encoding: chunked\r\n\r\n");
        String part = "10000\r\n" + "1".repeat(0x10000) + "\r\n";
        for (int i = 0; i < 17; i++) {
            send(part);
        }
        assertThat(reply()).startsWith("HTTP/1.1 413 ").contains("Connection: close");
    }

    @Test
    void aBodyThatIsFarTooLargeIsRefusedUnread() throws IOException {
        send(POST + "Content-Length: 2000000000\r\n\r\n");
        assertThat(reply()).startsWith("HTTP/1.1 413 ").contains("Connection: close");
    }

    @Test
    void whoAsksBeforeSendingIsToldAtOnce() throws IOException {
        send(POST + "Expect: 100-continue\r\nContent-Length: " + (LIMIT + 1) + "\r\n\r\n");
        assertThat(reply()).startsWith("HTTP/1.1 413 ");
    }

    @Test
    void aBodyThatEndsEarlyIsNotCalledTooLarge() throws IOException {
        send(POST + "Content-Length: 50\r\n\r\n{");
        socket.shutdownOutput();
        assertThat(reply()).startsWith("HTTP/1.1 400 ").contains("The body did not arrive as a whole");
    }

    private void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    /** The head of the next reply and its body, which the server gives a length. */
    private String reply() throws IOException {
        StringBuilder head = new StringBuilder();
        int length = 0;
        for (String line = replies.readLine(); line != null && !line.isEmpty(); line = replies.readLine()) {
            head.append(line).append('\n');
            if (line.startsWith("Content-Length: ")) {
                length = Integer.parseInt(line.substring(16));
            }
        }
        char[] body = new char[length];
        for (int read = 0; read < length; ) {
            read += Math.max(1, replies.read(body, read, length - read));
        }
        return head.append(body).toString();
    }
}
