package io.zhitong.cardreaders;

import io.zhitong.cardspec.CardException;
import io.zhitong.cardspec.ReaderFrame;
import io.zhitong.smcrypto.MalformedInput;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One TCP connection to a reader driver, made when first needed and made anew after a failure. The frames are those of
 * {@link ReaderFrame}. Requests are serialised.
 */
final class DriverConnection implements AutoCloseable {
    private static final int CONNECT_MILLIS = 2_000;
    private static final int ANSWER_MILLIS = 5_000;

    private final InetSocketAddress driver;
    private final String reader;
    private final int answerMillis;
    private @Nullable Link link;

    /** @param reader name to attach to, or empty for requests that concern no reader */
    DriverConnection(InetSocketAddress driver, String reader) {
        this(driver, reader, ANSWER_MILLIS);
    }

    /** @param answerMillis how long the driver may take for an ordinary answer */
    DriverConnection(InetSocketAddress driver, String reader, int answerMillis) {
        this.driver = driver;
        this.reader = reader;
        this.answerMillis = answerMillis;
    }

    /** Sends one request; answers the body behind a good status. */
    byte[] request(ReaderFrame.Op op, byte[] body) {
        return request(op, body, Duration.ZERO);
    }

    /** @param patience time the driver may take beyond the usual */
    synchronized byte[] request(ReaderFrame.Op op, byte[] body, Duration patience) {
        ReaderFrame answer = exchange(ReaderFrame.request(op, body), patience);
        switch (status(answer)) {
            case OK -> {
                return answer.answerBody();
            }
            case NO_CARD, CARD_LEFT ->
                throw new CardException(CardException.Reason.REMOVED, "no card on reader " + reader);
            default ->
                throw new CardException(
                        CardException.Reason.READER_FAILED,
                        "reader driver refused " + op + ": " + status(answer) + " "
                                + new String(answer.answerBody(), StandardCharsets.UTF_8));
        }
    }

    private static ReaderFrame.Status status(ReaderFrame answer) {
        try {
            return answer.status();
        } catch (MalformedInput e) {
            throw new CardException(
                    CardException.Reason.READER_FAILED, "reader driver sent a status outside its protocol", e);
        }
    }

    private ReaderFrame exchange(ReaderFrame request, Duration patience) {
        try {
            Link open = open();
            open.socket.setSoTimeout(
                    Math.toIntExact(patience.plusMillis(answerMillis).toMillis()));
            return open.exchange(request);
        } catch (SocketTimeoutException e) {
            close();
            throw new CardException(CardException.Reason.TIMEOUT, "no answer from the reader driver at " + driver, e);
        } catch (IOException | MalformedInput e) {
            close();
            throw new CardException(
                    CardException.Reason.READER_FAILED, "reader driver at " + driver + " is not reachable", e);
        }
    }

    private Link open() throws IOException {
        Link open = link;
        if (open == null) {
            open = Link.dial(driver);
            link = open;
            if (!reader.isEmpty()) {
                ReaderFrame answer = open.exchange(ReaderFrame.request(ReaderFrame.Op.ATTACH, reader));
                if (answer.status() != ReaderFrame.Status.OK) {
                    throw new IOException("no reader of the name " + reader);
                }
            }
        }
        return open;
    }

    @Override
    public synchronized void close() {
        Link open = link;
        link = null;
        if (open != null) {
            open.close();
        }
    }

    /** A socket and its streams. */
    private record Link(Socket socket, DataInputStream in, DataOutputStream out) {
        static Link dial(InetSocketAddress driver) throws IOException {
            var socket = new Socket();
            try {
                socket.setTcpNoDelay(true);
                socket.setSoTimeout(ANSWER_MILLIS);
                socket.connect(new InetSocketAddress(driver.getHostString(), driver.getPort()), CONNECT_MILLIS);
                return new Link(
                        socket,
                        new DataInputStream(new BufferedInputStream(socket.getInputStream())),
                        new DataOutputStream(socket.getOutputStream()));
            } catch (IOException e) {
                socket.close();
                throw e;
            }
        }

        ReaderFrame exchange(ReaderFrame request) throws IOException {
            request.write(out);
            ReaderFrame answer = ReaderFrame.read(in);
            if (answer.op() != (request.op() | ReaderFrame.ANSWER)) {
                throw new MalformedInput("expected the answer to the request just sent");
            }
            return answer;
        }

        void close() {
            try {
                socket.close();
            } catch (IOException e) {
                // a socket that does not close cleanly is gone all the same
            }
        }
    }
}
