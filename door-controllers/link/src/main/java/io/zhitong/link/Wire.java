package io.zhitong.link;

import com.google.protobuf.ByteString;
import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.Coded;
import io.zhitong.accessmodel.CommandRefusal;
import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.JournalId;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.ModelException;
import io.zhitong.accessmodel.Octets;
import io.zhitong.link.proto.CommandReply;
import io.zhitong.link.proto.Heartbeat;
import io.zhitong.link.proto.Hello;
import io.zhitong.link.proto.Refused;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Between protobuf messages and our values (报文转换); every bound on what came is checked here. */
final class Wire {

    static final int PROTOCOL = 1;
    static final int MAX_TEXT = 128;
    /** Bytes of a PKCS#10 request. */
    static final int MAX_REQUEST = 4096;

    private static final int MAX_DETAIL = 128;
    private static final int MAX_LISTS = 64;
    private static final int MAX_FAULTS = 8;

    private Wire() {}

    static DeviceHello hello(Hello hello) {
        return checked(() -> new DeviceHello(
                new JournalId(hello.getJournal()),
                hello.getLastSequence(),
                hello.getFirstSequence(),
                octets(hello.getNonce()),
                text(hello.getSoftware()),
                states(hello.getListsList()),
                Optional.of(octets(hello.getCheckpoint())).filter(kept -> kept.length() > 0)));
    }

    static DeviceStatus status(Heartbeat beat) {
        require(beat.getFaultCount() <= MAX_FAULTS, "at most " + MAX_FAULTS + " faults");
        return checked(() -> new DeviceStatus(
                beat.getDeviceMillis(),
                Coded.require(ClockQuality.class, beat.getClockQuality()),
                beat.getLastSequence(),
                beat.getUnsent(),
                beat.getRefused(),
                states(beat.getListsList()),
                beat.getFaultList().stream().map(Wire::text).toList()));
    }

    static Heartbeat heartbeat(DeviceStatus status) {
        return Heartbeat.newBuilder()
                .setDeviceMillis(status.deviceMillis())
                .setClockQuality(status.quality().code())
                .setLastSequence(status.lastSequence())
                .setUnsent(status.unsent())
                .setRefused(status.refused())
                .addAllLists(status.lists().stream().map(Wire::state).toList())
                .addAllFault(status.faults().stream()
                        .limit(MAX_FAULTS)
                        .map(Wire::shortened)
                        .toList())
                .build();
    }

    static CommandAnswer answer(CommandReply reply) {
        return checked(() -> new CommandAnswer(
                octets(reply.getIdempotencyKey()),
                Coded.require(CommandAnswer.Stage.class, reply.getStage()),
                Coded.require(CommandRefusal.class, reply.getRefusal()),
                text(reply.getDetail())));
    }

    static CommandReply reply(CommandAnswer answer) {
        return CommandReply.newBuilder()
                .setIdempotencyKey(bytes(answer.idempotencyKey()))
                .setStage(answer.stage().code())
                .setRefusal(answer.refusal().code())
                .setDetail(detail(answer.detail()))
                .build();
    }

    static io.zhitong.link.proto.ListState state(ListState state) {
        return io.zhitong.link.proto.ListState.newBuilder()
                .setKind(state.kind().code())
                .setEpoch((int) state.version().epoch())
                .setNumber(state.version().number())
                .setRoot(bytes(state.root().value()))
                .build();
    }

    static Refused refused(LinkFault fault) {
        return Refused.newBuilder().setReason(fault.code()).build();
    }

    static ListKind kind(int code) {
        return checked(() -> Coded.require(ListKind.class, code));
    }

    static ListVersion version(int epoch, long number) {
        return checked(() -> new ListVersion(Integer.toUnsignedLong(epoch), number));
    }

    static Octets octets(ByteString bytes) {
        return Octets.of(bytes.toByteArray());
    }

    static ByteString bytes(Octets octets) {
        return ByteString.copyFrom(octets.toByteArray());
    }

    static ByteString der(X509Certificate certificate) {
        try {
            return ByteString.copyFrom(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("an issued certificate always encodes", e);
        }
    }

    static String text(String text) {
        require(text.length() <= MAX_TEXT, "text of at most " + MAX_TEXT + " characters");
        return text;
    }

    static void require(boolean holds, String expected) {
        if (!holds) {
            throw new LinkException(LinkFault.MALFORMED, "expected " + expected);
        }
    }

    /** What the model refuses is a malformed message here. */
    static <T> T checked(Supplier<T> read) {
        try {
            return read.get();
        } catch (ModelException e) {
            throw new LinkException(LinkFault.MALFORMED, e.getMessage(), e);
        }
    }

    /** Kept whole if it fits into 128 bytes of UTF-8. */
    private static String detail(String text) {
        boolean fits = text.getBytes(StandardCharsets.UTF_8).length <= MAX_DETAIL;
        return fits ? text : text.substring(0, Math.min(text.length(), MAX_DETAIL / 3));
    }

    private static String shortened(String text) {
        return text.length() <= 64 ? text : text.substring(0, 64);
    }

    private static List<ListState> states(List<io.zhitong.link.proto.ListState> states) {
        require(states.size() <= MAX_LISTS, "at most " + MAX_LISTS + " lists");
        return states.stream().map(Wire::state).toList();
    }

    private static ListState state(io.zhitong.link.proto.ListState state) {
        return new ListState(
                kind(state.getKind()), version(state.getEpoch(), state.getNumber()), new Hash(octets(state.getRoot())));
    }
}
