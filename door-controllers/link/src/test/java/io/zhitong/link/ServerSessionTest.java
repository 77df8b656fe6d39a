package io.zhitong.link;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.channel.embedded.EmbeddedChannel;
import io.zhitong.accessmodel.CommandKind;
import io.zhitong.accessmodel.CommandOrder;
import io.zhitong.accessmodel.ListHeader;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListTarget;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.SignedCommand;
import io.zhitong.accessmodel.SignedList;
import io.zhitong.link.proto.FromBackend;
import io.zhitong.machinetls.MachineName;
import io.zhitong.machinetls.MachinePeer;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.machinetls.MachineRole;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PrivateKey;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the backend says by itself while a device is being greeted. */
class ServerSessionTest {

    private static final Sm2PrivateKey KEY = Sm2PrivateKey.generate(RandomSource.secure());

    private final RecordingHandler handler = new RecordingHandler();
    private final MemoryDevice device = new MemoryDevice(Estate.DOOR);
    private final ServerCore core = new ServerCore(handler, Runnable::run, Clock.systemUTC(), 10);

    private ServerSession session(EmbeddedChannel channel) {
        MachinePeer peer = new MachinePeer(
                new MachineName(MachineRole.CONTROLLER, Estate.DOOR.certificateName()),
                BigInteger.TEN,
                Instant.parse("2030-01-01T00:00:00Z"),
                MachineProfile.SM2);
        DeviceHello hello = new DeviceHello(device.journal, 0, 0, Octets.zeros(16), "test 1", List.of());
        return new ServerSession(
                core,
                channel,
                new LinkSession(1, Estate.DOOR, peer, hello, Instant.parse("2026-01-01T00:00:00Z"), "here"));
    }

    private static ListHeader header() {
        ListTarget target = new ListTarget(
                Estate.DOOR.community(), Estate.DOOR.device(), ListKind.BLACKLIST, new ListVersion(1, 1), 1);
        return SignedList.sign(
                        target, List.of(), KEY.publicKey(), message -> Sm2.sign(KEY, message, RandomSource.secure()))
                .header();
    }

    private SignedCommand command() {
        CommandOrder order = new CommandOrder(
                Estate.DOOR.community(),
                Estate.DOOR.device(),
                device.journal,
                Octets.zeros(16),
                CommandKind.OPEN,
                new PointId(1),
                1_000,
                5_000,
                Octets.zeros(16),
                Octets.EMPTY,
                "值班员",
                "");
        return SignedCommand.sign(order, message -> Sm2.sign(KEY, message, RandomSource.secure()));
    }

    private static List<FromBackend.MessageCase> written(EmbeddedChannel channel) {
        return Stream.iterate((FromBackend) channel.readOutbound(), m -> m != null, m -> channel.readOutbound())
                .map(FromBackend::getMessageCase)
                .toList();
    }

    /** The end of the older connection is the moment at which the newer one is known and not welcomed yet. */
    @Test
    void offer_and_command_that_come_between_hello_and_welcome_follow_the_welcome_in_their_order() {
        session(new EmbeddedChannel()).open();
        handler.onClosed = ended -> core.session(Estate.DOOR).ifPresent(now -> {
            now.offer(header(), Optional.empty());
            now.send(command());
        });
        EmbeddedChannel younger = new EmbeddedChannel();
        ServerSession session = session(younger);
        session.open();
        session.offer(header(), Optional.empty());
        assertEquals(
                List.of(
                        FromBackend.MessageCase.WELCOME,
                        FromBackend.MessageCase.OFFER,
                        FromBackend.MessageCase.COMMAND,
                        FromBackend.MessageCase.OFFER),
                written(younger));
    }
}
