package io.zhitong.virtualcard.world;

import io.zhitong.cardspec.ReaderFrame;
import io.zhitong.cardspec.ReaderFrame.Op;
import io.zhitong.cardspec.ReaderFrame.Status;
import io.zhitong.cliapi.CommandFailure;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.MalformedInput;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client of the reader driver (驱动连接): its reader, its power-up. Used by one thread. */
final class ReaderConnection {
    private static final Logger LOG = LoggerFactory.getLogger(ReaderConnection.class);
    private static final long LONGEST_WAIT = 60_000;
    private static final byte[] DONE = {};

    private final CardWorld world;
    private final WorldRequests requests;
    private Optional<WorldReader> attached = Optional.empty();
    private long ticket;
    private long told;

    ReaderConnection(CardWorld world, WorldRequests requests) {
        this.world = world;
        this.requests = requests;
    }

    /** The answer to one request; never throws but on interruption. */
    ReaderFrame handle(ReaderFrame request) throws InterruptedException {
        try {
            byte[] answer = run(Op.of(request.op()), request.body());
            return answer.length < ReaderFrame.MAX_BODY
                    ? request.answer(Status.OK, answer)
                    : request.answer(Status.FAILED, utf8("the answer does not fit into one frame"));
        } catch (WorldFault e) {
            return request.answer(e.status(), utf8(e.getMessage()));
        } catch (MalformedInput e) {
            return request.answer(Status.BAD_REQUEST, utf8(e.getMessage()));
        } catch (UncheckedIOException | CommandFailure e) {
            LOG.error("request {} failed: {}", request.op(), e.getMessage());
            return request.answer(Status.FAILED, utf8("the card world cannot use its files, see its log"));
        }
    }

    private byte[] run(Op op, byte[] body) throws InterruptedException {
        return switch (op) {
            case ATTACH -> attach(new String(body, StandardCharsets.UTF_8));
            case STATUS -> present();
            case POWER_ON -> powerOn();
            case APDU -> reader().command(ticket, body);
            case POWER_OFF -> powerOff();
            case WAIT_CHANGE -> awaitChange(body);
            case TELL -> requests.tell(reader(), body);
            case LIST -> requests.list();
            case NEW -> requests.make(body);
            case INSERT -> requests.insert(body);
            case REMOVE -> requests.remove(body);
            case RELAY -> requests.relay(body);
            case RELAYS -> requests.relays();
            case TEAR -> requests.tear(body);
            case TOLD -> requests.told();
        };
    }

    /** The client went: its card loses power. */
    void close() {
        attached.ifPresent(reader -> reader.powerOff(ticket));
    }

    private byte[] attach(String name) {
        WorldReader reader = world.reader(name);
        close();
        attached = Optional.of(reader);
        told = reader.state().changes();
        return DONE;
    }

    private byte[] present() {
        return tell(reader().state());
    }

    private byte[] powerOn() {
        WorldReader.Session session = reader().powerOn();
        ticket = session.ticket();
        return session.ats();
    }

    private byte[] powerOff() {
        reader().powerOff(ticket);
        return DONE;
    }

    private byte[] awaitChange(byte[] body) throws InterruptedException {
        ByteReader in = new ByteReader(body);
        long millis = in.u32();
        in.end();
        return tell(reader().awaitChange(told, Math.min(millis, LONGEST_WAIT)));
    }

    private byte[] tell(WorldReader.State state) {
        told = state.changes();
        return flag(state.present());
    }

    private WorldReader reader() {
        return attached.orElseThrow(() -> new WorldFault(Status.NO_READER, "attach to a reader first"));
    }

    private static byte[] flag(boolean value) {
        return new byte[] {(byte) (value ? 1 : 0)};
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
