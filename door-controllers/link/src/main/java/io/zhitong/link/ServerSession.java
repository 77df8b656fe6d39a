package io.zhitong.link;

import com.google.protobuf.ByteString;
import io.netty.channel.Channel;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.ListHeader;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.SignedCommand;
import io.zhitong.accessmodel.Watermark;
import io.zhitong.link.proto.CommandPush;
import io.zhitong.link.proto.EventBatch;
import io.zhitong.link.proto.EventsStored;
import io.zhitong.link.proto.FromBackend;
import io.zhitong.link.proto.FromDevice;
import io.zhitong.link.proto.HeartbeatSeen;
import io.zhitong.link.proto.ImagePart;
import io.zhitong.link.proto.ImagePull;
import io.zhitong.link.proto.ListOffer;
import io.zhitong.link.proto.Renewed;
import io.zhitong.link.proto.TimeAnswer;
import io.zhitong.link.proto.TimeQuestion;
import io.zhitong.link.proto.Welcome;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A greeted device (服务端会话). {@link #receive} is called on the channel's thread; the handler's work runs in order elsewhere. */
final class ServerSession {

    /** Batches a device may have under way. */
    static final int WINDOW = 4;

    /** Copies of alarms that may wait to be shown. */
    static final int MAX_COPIES = 16;

    private static final int MAX_WAITING = 16;
    private static final int MAX_COMMANDS = 64;
    /** Parts that may wait; the credit is eight of the largest. */
    private static final int MAX_PARTS = 64;

    private static final Logger LOG = LoggerFactory.getLogger(ServerSession.class);

    private final ServerCore core;
    private final Channel channel;
    private final LinkSession session;
    private final SerialQueue work;
    private final SerialQueue bulk;
    private final SerialQueue copies;
    private final ListServing lists;
    private final BlobServing blobs;
    private final ImageServing images;
    /** A bundle's bytes are on their way; free when the last of them left. */
    private final AtomicBoolean pulling = new AtomicBoolean();

    private final Map<Octets, CommandDelivery> commands = new ConcurrentHashMap<>();
    private final AtomicInteger unstored = new AtomicInteger();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final AtomicBoolean ended = new AtomicBoolean();
    /** What was to be sent before the welcome left: commands are bounded, and there are few kinds of lists. */
    private final List<FromBackend.Builder> early = new ArrayList<>(0);

    private boolean welcomed;
    private volatile boolean greeted;
    private Optional<Octets> checkpoint;

    ServerSession(ServerCore core, Channel channel, LinkSession session) {
        this.core = core;
        this.channel = channel;
        this.session = session;
        this.checkpoint = session.hello().checkpoint();
        this.work = new SerialQueue(core.workers());
        this.bulk = new SerialQueue(core.workers());
        this.copies = new SerialQueue(core.workers());
        this.lists = new ListServing(kind -> core.handler().list(session, kind));
        this.images = new ImageServing((bundle, from, most) -> core.handler().image(session, bundle, from, most));
        this.blobs = new BlobServing(core.handler().blobs(), session.address());
    }

    LinkSession session() {
        return session;
    }

    void open() {
        later(() -> {
            LinkHandler.Greeting greeting = core.handler().hello(session);
            greeted = true;
            core.opened(this);
            Welcome.Builder welcome = Welcome.newBuilder()
                    .setSequence(greeting.stored().sequence())
                    .setHash(Wire.bytes(greeting.stored().hash().value()));
            greeting.lists().forEach(header -> welcome.addListHeader(ByteString.copyFrom(header.encode())));
            welcomed(FromBackend.newBuilder().setWelcome(welcome));
            LOG.info("link opened device={} session={} from={}", session.address(), session.number(), session.remote());
        });
    }

    private void welcomed(FromBackend.Builder welcome) {
        synchronized (early) {
            write(welcome);
            early.forEach(this::write);
            early.clear();
            welcomed = true;
        }
    }

    /** What the backend has to say by itself: a device takes nothing before its welcome. */
    private void push(FromBackend.Builder message) {
        synchronized (early) {
            if (welcomed) {
                write(message);
            } else {
                early.add(message);
            }
        }
    }

    /** @throws LinkException if the message is refused */
    void receive(FromDevice message) {
        switch (message.getMessageCase()) {
            case HEARTBEAT -> heartbeat(Wire.status(message.getHeartbeat()));
            case EVENTS -> events(message.getEvents());
            case ALARM -> alarm(EventChecks.record(session, message.getAlarm().getRecord()));
            case COMMAND -> answered(Wire.answer(message.getCommand()));
            case TIME -> time(message.getTime());
            case LIST -> answer(() -> FromBackend.newBuilder().setList(lists.part(message.getList())));
            case TREE -> answer(() -> FromBackend.newBuilder().setTree(lists.part(message.getTree())));
            case BUCKETS -> answer(() -> FromBackend.newBuilder().setBuckets(lists.part(message.getBuckets())));
            case BLOB_OFFER ->
                bulk(() -> write(FromBackend.newBuilder().setBlob(blobs.offered(message.getBlobOffer()))));
            case BLOB_PART ->
                bulk(() -> blobs.part(message.getBlobPart())
                        .ifPresent(answer -> write(FromBackend.newBuilder().setBlob(answer))));
            case IMAGE -> image(message.getImage());
            case RENEWAL -> renew(message.getRenewal().getPkcs10());
            case REFUSED ->
                LOG.warn(
                        "device refused what it got device={} reason={} kind={}",
                        session.address(),
                        message.getRefused().getReason(),
                        message.getRefused().getKind());
            case HELLO -> throw new LinkException(LinkFault.OUT_OF_TURN, "expected one hello only");
            case MESSAGE_NOT_SET ->
                throw new LinkException(LinkFault.UNKNOWN_MESSAGE, "expected a message of version 1");
        }
    }

    private void heartbeat(DeviceStatus status) {
        write(FromBackend.newBuilder().setHeartbeat(seen()));
        later(() -> core.handler().heartbeat(session, status));
    }

    private HeartbeatSeen.Builder seen() {
        HeartbeatSeen.Builder seen = HeartbeatSeen.newBuilder();
        Optional<Octets> newest = core.handler().checkpoint();
        if (newest.isPresent() && !newest.equals(checkpoint)) {
            checkpoint = newest;
            seen.setCheckpoint(Wire.bytes(newest.get()));
        }
        return seen;
    }

    private void events(EventBatch batch) {
        List<JournalRecord> records = EventChecks.batch(session, batch.getRecordList());
        if (unstored.incrementAndGet() > WINDOW) {
            throw new LinkException(LinkFault.OVER_WINDOW, "expected at most " + WINDOW + " batches under way");
        }
        later(() -> {
            Watermark stored = core.handler().events(session, records);
            unstored.decrementAndGet();
            write(FromBackend.newBuilder()
                    .setEvents(EventsStored.newBuilder()
                            .setSequence(stored.sequence())
                            .setHash(Wire.bytes(stored.hash().value()))));
        });
    }

    /** A copy too many is left out and counted: the record itself follows in its turn. */
    private void alarm(JournalRecord copy) {
        if (copies.size() >= MAX_COPIES) {
            core.counters().count(LinkFault.OVER_WINDOW);
            return;
        }
        copies.add(guarded(() -> {
            if (greeted && !ended.get()) {
                core.handler().alarm(session, copy);
            }
        }));
    }

    private void answered(CommandAnswer answer) {
        later(() -> {
            CommandDelivery waiting =
                    answer.ends() ? commands.remove(answer.idempotencyKey()) : commands.get(answer.idempotencyKey());
            core.handler().answered(session, answer);
            if (waiting != null) {
                waiting.answered(answer);
            }
        });
    }

    private void time(TimeQuestion question) {
        long now = core.clock().millis();
        write(FromBackend.newBuilder()
                .setTime(TimeAnswer.newBuilder()
                        .setSent(question.getSent())
                        .setReceived(now)
                        .setAnswered(core.clock().millis())));
    }

    /** Lists are read on a worker; what is wrong with the question is answered by name. */
    private void answer(Supplier<FromBackend.Builder> part) {
        if (unanswered.incrementAndGet() > WINDOW) {
            throw new LinkException(LinkFault.OVER_WINDOW, "expected the answer to be waited for");
        }
        later(() -> {
            try {
                write(part.get());
            } catch (LinkException e) {
                core.counters().count(e.fault());
                write(FromBackend.newBuilder().setRefused(Wire.refused(e.fault())));
            } finally {
                unanswered.decrementAndGet();
            }
        });
    }

    private void image(ImagePull pull) {
        ImageServing.require(pull);
        if (!pulling.compareAndSet(false, true)) {
            throw new LinkException(LinkFault.OVER_WINDOW, "expected one question for a bundle under way");
        }
        bulk(() -> {
            Iterator<ImagePart> parts = images.parts(pull).iterator();
            while (parts.hasNext()) {
                FromBackend part =
                        FromBackend.newBuilder().setImage(parts.next()).build();
                if (parts.hasNext()) {
                    channel.writeAndFlush(part, channel.voidPromise());
                } else {
                    channel.writeAndFlush(part).addListener(sent -> pulling.set(false));
                }
            }
        });
    }

    private void renew(ByteString pkcs10) {
        Wire.require(pkcs10.size() <= Wire.MAX_REQUEST, "a request of at most " + Wire.MAX_REQUEST + " bytes");
        later(() -> write(FromBackend.newBuilder().setRenewed(renewed(pkcs10.toByteArray()))));
    }

    /** The edge to foreign code: the device learns only that it failed, the log the rest. */
    private Renewed.Builder renewed(byte[] pkcs10) {
        Renewed.Builder answer = Renewed.newBuilder();
        try {
            core.handler().renew(session, pkcs10).forEach(certificate -> answer.addCertificate(Wire.der(certificate)));
            LOG.info("certificate renewed device={}", session.address());
            return answer;
        } catch (EnrolmentRefusedException e) {
            LOG.warn("certificate not renewed device={} reason={}", session.address(), e.reason());
            return answer.clear().setRefusal(e.reason().code());
        } catch (RuntimeException e) {
            LOG.error("certificate not renewed device={}", session.address(), e);
            return answer.clear().setRefusal(Enrolment.Refusal.FAILED.code());
        }
    }

    CommandDelivery send(SignedCommand command) {
        if (commands.size() >= MAX_COMMANDS || !channel.isWritable()) {
            CommandDelivery busy = new CommandDelivery();
            busy.failed(new LinkException(LinkFault.BUSY, "the device has not answered earlier commands"));
            return busy;
        }
        CommandDelivery delivery =
                commands.computeIfAbsent(command.order().idempotencyKey(), key -> new CommandDelivery());
        push(FromBackend.newBuilder()
                .setCommand(CommandPush.newBuilder().setCommand(ByteString.copyFrom(command.encode()))));
        if (ended.get()) {
            failCommands();
        }
        return delivery;
    }

    void offer(ListHeader header, Optional<ListChange> change) {
        ListOffer.Builder offer = ListOffer.newBuilder().setHeader(ByteString.copyFrom(header.encode()));
        change.ifPresent(with -> with.in(offer));
        push(FromBackend.newBuilder().setOffer(offer));
    }

    /** Ends the session; the first reason counts. */
    void end(CloseReason reason) {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        core.closed(this);
        channel.close();
        failCommands();
        work.add(guarded(() -> {
            if (greeted) {
                core.handler().closed(session, reason);
            }
            LOG.info("link closed device={} session={} reason={}", session.address(), session.number(), reason);
        }));
    }

    private void failCommands() {
        commands.values()
                .forEach(waiting -> waiting.failed(new LinkException(LinkFault.CONNECTION, "the session ended")));
        commands.clear();
    }

    /** While too much waits, nothing more is read: TCP carries the pressure back to the device. */
    private void later(Runnable task) {
        int waiting = work.add(guarded(() -> {
            if (!ended.get()) {
                task.run();
            }
            readOn();
        }));
        if (waiting >= MAX_WAITING) {
            channel.config().setAutoRead(false);
            readOn(); // the queue may have run empty meanwhile
        }
    }

    /** Pictures have a lane of their own: nothing else waits for them. */
    private void bulk(Runnable task) {
        int waiting = bulk.add(guarded(() -> {
            if (!ended.get()) {
                task.run();
            }
        }));
        if (waiting > MAX_PARTS) {
            throw new LinkException(LinkFault.OVER_WINDOW, "expected at most " + MAX_PARTS + " parts under way");
        }
    }

    /** Reads on when little waits here and the device takes what it was answered. */
    private void readOn() {
        if (work.size() < MAX_WAITING / 2
                && channel.isWritable()
                && !channel.config().isAutoRead()) {
            channel.config().setAutoRead(true);
        }
    }

    /** Who does not read the answers is not asked for more questions. */
    void writabilityChanged() {
        if (!channel.isWritable()) {
            channel.config().setAutoRead(false);
        }
        readOn();
    }

    /** The edge to foreign code: whatever the handler throws ends this session and no other. */
    private Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (LinkException e) {
                core.counters().count(e.fault());
                LOG.warn("device refused device={} reason={}", session.address(), e.fault());
                write(FromBackend.newBuilder().setRefused(Wire.refused(e.fault())));
                end(CloseReason.FAULT);
            } catch (RuntimeException e) {
                LOG.error("backend could not handle a message device={}", session.address(), e);
                end(CloseReason.HANDLER_FAILED);
            }
        };
    }

    private void write(FromBackend.Builder message) {
        channel.writeAndFlush(message.build(), channel.voidPromise());
    }
}
