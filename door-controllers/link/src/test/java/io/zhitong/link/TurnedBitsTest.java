package io.zhitong.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.netty.channel.embedded.EmbeddedChannel;
import io.zhitong.accessmodel.BlacklistRecord;
import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.CredentialStatus;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.ListDraft;
import io.zhitong.accessmodel.ListGate;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListTarget;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.MerkleTree;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.SignedList;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.link.proto.AlarmCopy;
import io.zhitong.link.proto.BlobOffer;
import io.zhitong.link.proto.BlobPart;
import io.zhitong.link.proto.BucketPull;
import io.zhitong.link.proto.EventBatch;
import io.zhitong.link.proto.FromBackend;
import io.zhitong.link.proto.FromDevice;
import io.zhitong.link.proto.ImagePull;
import io.zhitong.link.proto.ListOffer;
import io.zhitong.link.proto.ListPull;
import io.zhitong.link.proto.Refused;
import io.zhitong.link.proto.Renewal;
import io.zhitong.link.proto.TimeQuestion;
import io.zhitong.link.proto.TreePull;
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
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every message kind with one bit turned, by a peer that TLS lets in: refused by name or taken for what it says, never more. */
final class TurnedBitsTest {

    private static final Sm2PrivateKey POLICY = Sm2PrivateKey.generate(RandomSource.secure());

    private final RecordingHandler handler = new RecordingHandler();
    private final MemoryPictures pictures = new MemoryPictures();
    private final MemoryDevice device = new MemoryDevice(Estate.DOOR);
    private final ServerCore core = new ServerCore(handler, Runnable::run, Clock.systemUTC(), 10);

    private ServerSession greeted() {
        MachinePeer peer = new MachinePeer(
                new MachineName(MachineRole.CONTROLLER, Estate.DOOR.certificateName()),
                BigInteger.TEN,
                Instant.parse("2030-01-01T00:00:00Z"),
                MachineProfile.SM2);
        DeviceHello hello = new DeviceHello(device.journal, 0, 0, Octets.zeros(16), "test 1", List.of());
        ServerSession session = new ServerSession(
                core,
                new EmbeddedChannel(),
                new LinkSession(1, Estate.DOOR, peer, hello, Instant.parse("2026-01-01T00:00:00Z"), "here"));
        session.open();
        return session;
    }

    /** One of each kind that a device sends after its hello. */
    private List<FromDevice> messages() {
        JournalRecord first = device.append(EventKind.ACCESS_GRANTED, 40);
        JournalRecord second = device.append(EventKind.FIRE, 0);
        DeviceStatus status = new DeviceStatus(
                1_800_000_000_000L, ClockQuality.HELD, 2, 2, 0, device.states(), List.of("reader 1 is silent"));
        byte[] picture = MemoryPictures.picture(100, 1);
        ByteString name = Wire.bytes(MemoryPictures.name(picture));
        FromDevice.Builder next = FromDevice.newBuilder();
        return List.of(
                next.setHeartbeat(Wire.heartbeat(status)).build(),
                next.setEvents(EventBatch.newBuilder()
                                .addRecord(ByteString.copyFrom(first.encode()))
                                .addRecord(ByteString.copyFrom(second.encode())))
                        .build(),
                next.setAlarm(AlarmCopy.newBuilder().setRecord(ByteString.copyFrom(second.encode())))
                        .build(),
                next.setCommand(Wire.reply(new CommandAnswer(
                                Octets.zeros(16),
                                CommandAnswer.Stage.EXECUTED,
                                io.zhitong.accessmodel.CommandRefusal.NONE,
                                "done")))
                        .build(),
                next.setTime(TimeQuestion.newBuilder().setSent(1_000)).build(),
                next.setList(ListPull.newBuilder().setKind(7).setEpoch(1).setNumber(2))
                        .build(),
                next.setTree(TreePull.newBuilder()
                                .setKind(7)
                                .setEpoch(1)
                                .setNumber(2)
                                .addNode(0))
                        .build(),
                next.setBuckets(BucketPull.newBuilder()
                                .setKind(7)
                                .setEpoch(1)
                                .setNumber(2)
                                .addBucket(4_711))
                        .build(),
                next.setRenewal(Renewal.newBuilder().setPkcs10(ByteString.copyFromUtf8("a request")))
                        .build(),
                next.setBlobOffer(BlobOffer.newBuilder().setName(name).setLength(picture.length))
                        .build(),
                next.setBlobPart(BlobPart.newBuilder().setName(name).setData(ByteString.copyFrom(picture)))
                        .build(),
                next.setImage(ImagePull.newBuilder().setBundle(name).setFrom(8).setLength(16))
                        .build(),
                next.setRefused(Refused.newBuilder().setReason(8).setKind(7)).build());
    }

    @ParameterizedTest
    @ValueSource(ints = {65_536, Integer.MAX_VALUE, -1})
    void bucket_that_no_tree_has_is_malformed_and_not_another_one(int number) {
        SignedList whole = list(2, 80);
        ListServing serving = new ListServing(kind -> Optional.of(whole));
        BucketPull.Builder pull = BucketPull.newBuilder().setKind(7).setEpoch(1).setNumber(2);
        assertEquals(
                65_535,
                serving.part(pull.clone().addBucket(65_535).build())
                        .getBucket(0)
                        .getNumber());
        LinkException refused = assertThrows(
                LinkException.class,
                () -> serving.part(pull.clone().addBucket(0).addBucket(number).build()));
        assertEquals(LinkFault.MALFORMED, refused.fault());
    }

    @Test
    void no_turned_bit_of_a_device_breaks_the_backend_or_brings_a_record_of_another_device_or_journal() {
        handler.pictures = pictures;
        handler.lists.put(ListKind.BLACKLIST, list(2, 80));
        List<FromDevice> messages = messages();
        Set<FromDevice.MessageCase> all = EnumSet.allOf(FromDevice.MessageCase.class);
        all.removeAll(Set.of(FromDevice.MessageCase.HELLO, FromDevice.MessageCase.MESSAGE_NOT_SET));
        assertEquals(all, messages.stream().map(FromDevice::getMessageCase).collect(Collectors.toSet()));
        for (FromDevice message : messages) {
            byte[] bytes = message.toByteArray();
            for (int bit = 0; bit < 8 * bytes.length; bit++) {
                ServerSession session = greeted();
                if (message.hasBlobPart()) {
                    session.receive(messages.get(messages.indexOf(message) - 1));
                }
                received(session, turned(bytes, bit));
                session.end(CloseReason.STOPPED);
            }
        }
        assertFalse(handler.closed.contains(CloseReason.HANDLER_FAILED), "nothing came through that nobody expected");
        assertTrue(handler.stored.stream().allMatch(this::ours)
                && handler.alarms.stream().allMatch(this::ours));
        assertTrue(handler.stored.size() > 0 && handler.beats.size() > 0, "some bits change what it says, no more");
        pictures.kept.forEach((name, content) -> assertTrue(content.size() < 100
                || MemoryPictures.name(content.toByteArray()).equals(name)));
    }

    private static void received(ServerSession session, byte[] bytes) {
        try {
            session.receive(FromDevice.parseFrom(bytes));
        } catch (InvalidProtocolBufferException | LinkException refused) {
            assertFalse(String.valueOf(refused.getMessage()).isEmpty());
        }
    }

    private boolean ours(JournalRecord record) {
        return record.community().equals(Estate.DOOR.community())
                && record.device().equals(Estate.DOOR.device())
                && record.journal().equals(device.journal);
    }

    private static byte[] turned(byte[] bytes, int bit) {
        byte[] turned = Arrays.copyOf(bytes, bytes.length);
        turned[bit / 8] ^= (byte) (1 << bit % 8);
        return turned;
    }

    /** The second of three that are published together. */
    private static SignedList list(long version, int records) {
        MerkleTree tree = SignedList.compile(
                ListKind.BLACKLIST,
                LongStream.rangeClosed(1, records)
                        .mapToObj(number -> new BlacklistRecord(new CredentialNumber(number), CredentialStatus.LOST))
                        .toList());
        List<ListDraft> drafts = LongStream.of(7, Estate.DOOR.device().value(), 9)
                .mapToObj(device -> new ListDraft(
                        new ListTarget(
                                Estate.DOOR.community(),
                                new DeviceId(device),
                                ListKind.BLACKLIST,
                                new ListVersion(1, version),
                                1),
                        tree))
                .toList();
        return SignedList.sign(drafts, POLICY.publicKey(), message -> Sm2.sign(POLICY, message, RandomSource.secure()))
                .get(1);
    }

    @Test
    void no_turned_bit_in_a_list_on_its_way_installs_anything_but_what_was_signed() {
        SignedList before = list(1, 79);
        for (SignedList held : new SignedList[] {list(1, 2), before}) {
            SignedList next = held == before ? list(2, 80) : list(2, 3);
            int answers = fetched(held, next, -1, 0);
            assertEquals(held == before ? 5 : 1, answers, "root to bucket, or whole");
            for (int spoiled = 0; spoiled < answers; spoiled++) {
                for (int bit = 0; bit < 8 * longest; bit += 1 + longest / 12) {
                    fetched(held, next, spoiled, bit);
                }
            }
        }
    }

    /** Header with its path, base and buckets: whatever is turned, the device holds the old list or the one that was signed. */
    @Test
    void no_turned_bit_in_an_offer_with_its_change_installs_anything_but_what_was_signed() throws Exception {
        SignedList before = list(1, 79);
        SignedList after = list(2, 80);
        byte[] offer = ListChange.between(before.tree(), after.tree())
                .orElseThrow()
                .in(ListOffer.newBuilder()
                        .setHeader(ByteString.copyFrom(after.header().encode())))
                .build()
                .toByteArray();
        assertTrue(offered(before, after, offer), "unchanged it is installed");
        int passed = 0;
        for (int bit = 0; bit < 8 * offer.length; bit++) {
            passed += offered(before, after, turned(offer, bit)) ? 1 : 0;
        }
        assertTrue(passed < 100, "some bits are of the envelope only: " + passed);
    }

    private static boolean offered(SignedList before, SignedList after, byte[] offer) {
        MemoryDevice reader = new MemoryDevice(Estate.DOOR);
        reader.install(before);
        try {
            new ListSync(
                            new ListGate(Estate.DOOR.community(), Estate.DOOR.device(), POLICY.publicKey()),
                            reader,
                            question -> {})
                    .offered(ListOffer.parseFrom(offer));
        } catch (InvalidProtocolBufferException | LinkException refused) {
            assertFalse(String.valueOf(refused.getMessage()).isEmpty());
        }
        SignedList now = reader.held.get(ListKind.BLACKLIST);
        if (now.header().equals(after.header())) {
            assertEquals(after.records(), now.records());
            return true;
        }
        assertEquals(before, now);
        return false;
    }

    private int longest = 1;

    /** Fetches with one bit of one answer turned; the device holds the old list or the new one afterwards. */
    private int fetched(SignedList held, SignedList next, int spoiled, int bit) {
        MemoryDevice reader = new MemoryDevice(Estate.DOOR);
        reader.install(held);
        Deque<FromDevice> questions = new ArrayDeque<>();
        ListSync sync = new ListSync(
                new ListGate(Estate.DOOR.community(), Estate.DOOR.device(), POLICY.publicKey()),
                reader,
                questions::add);
        ListServing serving = new ListServing(kind -> Optional.of(next));
        sync.offered(next.header().encode());
        int answers = 0;
        try {
            for (; !questions.isEmpty() && !questions.peek().hasRefused(); answers++) {
                byte[] answer = answer(serving, questions.remove()).toByteArray();
                longest = Math.max(longest, answer.length);
                boolean turn = answers == spoiled && bit < 8 * answer.length;
                sync.answered(FromBackend.parseFrom(turn ? turned(answer, bit) : answer));
            }
        } catch (InvalidProtocolBufferException | LinkException refused) {
            assertEquals(held.header(), reader.held.get(ListKind.BLACKLIST).header());
        }
        SignedList now = reader.held.get(ListKind.BLACKLIST);
        assertTrue(now.equals(held) || now.header().equals(next.header()));
        if (!now.equals(held)) {
            assertEquals(next.records(BlacklistRecord.class), now.records(BlacklistRecord.class), "bit " + bit);
        }
        return answers;
    }

    private static FromBackend answer(ListServing serving, FromDevice question) {
        FromBackend.Builder answer = FromBackend.newBuilder();
        return switch (question.getMessageCase()) {
            case LIST -> answer.setList(serving.part(question.getList())).build();
            case TREE -> answer.setTree(serving.part(question.getTree())).build();
            case BUCKETS ->
                answer.setBuckets(serving.part(question.getBuckets())).build();
            default -> throw new AssertionError("no question about a list: " + question.getMessageCase());
        };
    }
}
