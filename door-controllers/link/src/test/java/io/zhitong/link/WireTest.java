package io.zhitong.link;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.ByteString;
import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.CommandRefusal;
import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.Octets;
import io.zhitong.link.proto.CommandReply;
import io.zhitong.link.proto.Heartbeat;
import io.zhitong.link.proto.Hello;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every bound on what a peer may say, one step beyond it. */
class WireTest {

    private static final ByteString SIXTEEN = ByteString.copyFrom(new byte[16]);
    private static final io.zhitong.link.proto.ListState LIST = io.zhitong.link.proto.ListState.newBuilder()
            .setKind(1)
            .setEpoch(1)
            .setNumber(7)
            .setRoot(ByteString.copyFrom(new byte[32]))
            .build();

    private static Hello.Builder hello() {
        return Hello.newBuilder()
                .setProtocol(1)
                .setCommunity(1)
                .setDevice(42)
                .setJournal(7)
                .setNonce(SIXTEEN)
                .setSoftware("raw");
    }

    static Stream<Consumer<Hello.Builder>> badHellos() {
        return Stream.of(
                hello -> hello.setJournal(0),
                hello -> hello.setNonce(ByteString.EMPTY),
                hello -> hello.setNonce(ByteString.copyFrom(new byte[15])),
                hello -> hello.setNonce(ByteString.copyFrom(new byte[17])),
                hello -> hello.setCheckpoint(ByteString.copyFrom(new byte[103])),
                hello -> hello.setCheckpoint(ByteString.copyFrom(new byte[105])),
                hello -> hello.setLastSequence(-1),
                hello -> hello.setFirstSequence(-1),
                hello -> hello.setSoftware("x".repeat(129)),
                hello -> hello.addLists(LIST.toBuilder().setKind(99)),
                hello -> hello.addLists(LIST.toBuilder().setKind(0)),
                hello -> hello.addLists(LIST.toBuilder().setNumber(-1)),
                hello -> hello.addLists(LIST.toBuilder().setRoot(ByteString.copyFrom(new byte[31]))),
                hello -> hello.addAllLists(java.util.Collections.nCopies(65, LIST)));
    }

    @ParameterizedTest
    @MethodSource("badHellos")
    void hello_out_of_bounds_is_malformed(Consumer<Hello.Builder> change) {
        Hello.Builder hello = hello();
        assertDoesNotThrow(() -> Wire.hello(hello.build()));
        change.accept(hello);
        assertEquals(LinkFault.MALFORMED, fault(() -> Wire.hello(hello.build())));
    }

    static Stream<Consumer<Heartbeat.Builder>> badHeartbeats() {
        return Stream.of(
                beat -> beat.setClockQuality(3),
                beat -> beat.addFault("x".repeat(129)),
                beat -> beat.addAllFault(java.util.Collections.nCopies(9, "f")),
                beat -> beat.addAllLists(java.util.Collections.nCopies(65, LIST)));
    }

    @ParameterizedTest
    @MethodSource("badHeartbeats")
    void heartbeat_out_of_bounds_is_malformed(Consumer<Heartbeat.Builder> change) {
        Heartbeat.Builder beat = Heartbeat.newBuilder().setClockQuality(2);
        assertDoesNotThrow(() -> Wire.status(beat.build()));
        change.accept(beat);
        assertEquals(LinkFault.MALFORMED, fault(() -> Wire.status(beat.build())));
    }

    static Stream<Consumer<CommandReply.Builder>> badReplies() {
        return Stream.of(
                reply -> reply.setIdempotencyKey(ByteString.copyFrom(new byte[15])),
                reply -> reply.setStage(0),
                reply -> reply.setStage(5),
                reply -> reply.setStage(4),
                reply -> reply.setRefusal(1),
                reply -> reply.setStage(4).setRefusal(200),
                reply -> reply.setDetail("x".repeat(129)));
    }

    @ParameterizedTest
    @MethodSource("badReplies")
    void reply_out_of_bounds_or_refused_without_a_reason_is_malformed(Consumer<CommandReply.Builder> change) {
        CommandReply.Builder reply =
                CommandReply.newBuilder().setIdempotencyKey(SIXTEEN).setStage(2);
        assertDoesNotThrow(() -> Wire.answer(reply.build()));
        change.accept(reply);
        assertEquals(LinkFault.MALFORMED, fault(() -> Wire.answer(reply.build())));
    }

    private static LinkFault fault(org.junit.jupiter.api.function.Executable refused) {
        return assertThrows(LinkException.class, refused).fault();
    }

    @Test
    void every_stage_and_refusal_comes_back_as_it_went() {
        for (CommandAnswer.Stage stage : CommandAnswer.Stage.values()) {
            for (CommandRefusal refusal : CommandRefusal.values()) {
                if ((stage == CommandAnswer.Stage.REFUSED) != (refusal == CommandRefusal.NONE)) {
                    CommandAnswer answer = new CommandAnswer(Octets.zeros(16), stage, refusal, "门磁已确认");
                    assertEquals(answer, Wire.answer(Wire.reply(answer)));
                    assertEquals(stage != CommandAnswer.Stage.ACCEPTED, answer.ends());
                }
            }
        }
    }

    @Test
    void heartbeat_comes_back_as_it_went_with_at_most_eight_faults_of_64_characters() {
        DeviceStatus status = new DeviceStatus(
                -5,
                ClockQuality.SYNCHRONISED,
                9,
                3,
                1,
                List.of(new ListState(ListKind.ISSUERS, new ListVersion(0xFFFF_FFFFL, 7), Hash.ZERO)),
                List.of("读头 door-1 无应答"));
        assertEquals(status, Wire.status(Wire.heartbeat(status)));
        DeviceStatus talkative = new DeviceStatus(
                0, ClockQuality.HELD, 0, 0, 0, List.of(), java.util.Collections.nCopies(20, "x".repeat(500)));
        DeviceStatus heard = Wire.status(Wire.heartbeat(talkative));
        assertEquals(java.util.Collections.nCopies(8, "x".repeat(64)), heard.faults());
    }
}
