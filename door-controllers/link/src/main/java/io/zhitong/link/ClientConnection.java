package io.zhitong.link;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.timeout.IdleStateEvent;
import io.zhitong.accessmodel.CommandOrder;
import io.zhitong.accessmodel.CommandRefusal;
import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.ListGate;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.SignedCommand;
import io.zhitong.link.proto.AlarmCopy;
import io.zhitong.link.proto.FromBackend;
import io.zhitong.link.proto.FromDevice;
import io.zhitong.link.proto.Hello;
import io.zhitong.link.proto.Refused;
import io.zhitong.link.proto.Renewed;
import io.zhitong.link.proto.TimeAnswer;
import io.zhitong.link.proto.TimeQuestion;
import io.zhitong.link.proto.Welcome;
import io.zhitong.machinetls.MachinePeer;
import io.zhitong.machinetls.PeerRefusedException;
import java.math.BigInteger;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The device's end of one connection (设备端连接). Netty calls it on one thread; lists, events and commands run on others. */
final class ClientConnection extends SimpleChannelInboundHandler<ByteBuf> {

    private static final Logger LOG = LoggerFactory.getLogger(ClientConnection.class);

    private final LinkClient client;
    private final LinkDevice device;
    private final Channel channel;
    private final Octets nonce;
    private final CommandGate commands;
    private final EventUpload upload;
    private final ListSync lists;
    private final BlobUpload blobs;
    private final ImageFetch images;
    private CloseReason reason = CloseReason.PEER_CLOSED;
    private volatile Optional<BigInteger> peer = Optional.empty();
    private volatile boolean welcomed;

    ClientConnection(LinkClient client, Channel channel) {
        super(ByteBuf.class);
        this.client = client;
        this.device = client.device();
        this.channel = channel;
        this.nonce = client.nonce();
        this.commands = new CommandGate(
                device.address(), device.commandKey(), device.journal().journal(), nonce);
        this.upload = new EventUpload(device.journal(), this::write);
        this.blobs = new BlobUpload(device.blobs(), this::write);
        this.images = new ImageFetch(device.images(), this::write);
        this.lists = new ListSync(
                new ListGate(device.address().community(), device.address().device(), device.policyKey()),
                device.lists(),
                this::write);
    }

    /** The serial number of the backend's certificate, once the handshake is done. */
    Optional<BigInteger> peer() {
        return peer;
    }

    boolean welcomed() {
        return welcomed;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                peer = MachinePeer.of(context.pipeline()
                                .get(SslHandler.class)
                                .engine()
                                .getSession())
                        .map(MachinePeer::serial);
                client.work(this::hello);
            } else {
                LOG.warn(
                        "link handshake failed reason={}",
                        PeerRefusedException.reasonOf(handshake.cause())
                                .map(Enum::name)
                                .orElseGet(
                                        () -> String.valueOf(handshake.cause().getMessage())));
                context.close();
            }
        } else if (event instanceof IdleStateEvent) {
            end(CloseReason.SILENT);
        }
    }

    private void hello() {
        Hello.Builder hello = Hello.newBuilder()
                .setProtocol(Wire.PROTOCOL)
                .setCommunity(device.address().community().value())
                .setDevice((int) device.address().device().value())
                .setJournal(device.journal().journal().value())
                .setLastSequence(device.journal().lastSequence())
                .setFirstSequence(device.journal().firstSequence())
                .setNonce(Wire.bytes(nonce))
                .setSoftware(device.software())
                .addAllLists(device.lists().states().stream().map(Wire::state).toList());
        device.checkpoints().newest().ifPresent(kept -> hello.setCheckpoint(Wire.bytes(kept)));
        write(FromDevice.newBuilder().setHello(hello).build());
        askTime();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf frame) {
        try {
            receive(FromBackend.parseFrom(ByteBufUtil.getBytes(frame)));
        } catch (InvalidProtocolBufferException e) {
            refuse(LinkFault.MALFORMED);
        } catch (LinkException e) {
            refuse(e.fault());
        }
    }

    private void receive(FromBackend message) {
        switch (message.getMessageCase()) {
            case WELCOME -> client.work(guarded(() -> welcome(message.getWelcome())));
            case HEARTBEAT -> seen(message.getHeartbeat().getCheckpoint());
            case EVENTS ->
                client.work(guarded(() -> upload.stored(
                        message.getEvents().getSequence(),
                        hash(message.getEvents().getHash()))));
            case COMMAND -> client.command(() -> command(message.getCommand().getCommand()));
            case TIME -> time(message.getTime());
            case LIST, TREE, BUCKETS -> client.work(guarded(() -> lists.answered(message)));
            case OFFER -> client.work(guarded(() -> lists.offered(message.getOffer())));
            case BLOB -> client.work(guarded(() -> blobs.wanted(message.getBlob())));
            case IMAGE -> client.work(guarded(() -> images.part(message.getImage())));
            case RENEWED -> client.work(guarded(() -> renewed(message.getRenewed())));
            case REFUSED -> refusedByBackend(message.getRefused());
            case MESSAGE_NOT_SET ->
                throw new LinkException(LinkFault.UNKNOWN_MESSAGE, "expected a message of version 1");
        }
    }

    private void welcome(Welcome welcome) {
        if (welcomed) {
            throw new LinkException(LinkFault.OUT_OF_TURN, "expected one welcome only");
        }
        welcomed = true;
        beat();
        Future<?> beats = channel.eventLoop()
                .scheduleAtFixedRate(
                        this::beat,
                        client.options().heartbeat().toMillis(),
                        client.options().heartbeat().toMillis(),
                        TimeUnit.MILLISECONDS);
        channel.closeFuture().addListener(end -> beats.cancel(false));
        for (ByteString header : welcome.getListHeaderList()) {
            lists.offered(header.toByteArray());
        }
        upload.welcome(welcome.getSequence(), hash(welcome.getHash()));
        blobs.pump();
        images.pump();
        // A backend with another history of this journal is asked again ever more seldom, so only now.
        client.greeted();
    }

    private void beat() {
        if (channel.isActive()) {
            write(FromDevice.newBuilder()
                    .setHeartbeat(Wire.heartbeat(device.monitor().status()))
                    .build());
            askTime();
            client.work(() -> client.renewal().question().ifPresent(this::write));
        }
    }

    private void seen(ByteString checkpoint) {
        if (!checkpoint.isEmpty()) {
            Wire.require(
                    checkpoint.size() == CheckpointKeeper.LENGTH,
                    "a checkpoint of " + CheckpointKeeper.LENGTH + " bytes");
            client.work(() -> device.checkpoints().told(Wire.octets(checkpoint)));
        }
    }

    private void renewed(Renewed answer) {
        if (client.renewal().answered(answer)) {
            end(CloseReason.RENEWED);
        }
    }

    void askTime() {
        write(FromDevice.newBuilder()
                .setTime(TimeQuestion.newBuilder().setSent(client.time().monotonic()))
                .build());
    }

    private void time(TimeAnswer answer) {
        client.time().answered(answer.getSent(), answer.getReceived(), answer.getAnswered());
        client.time()
                .now()
                .ifPresent(now -> device.monitor().time(now, client.time().error()));
    }

    private void command(ByteString bytes) {
        SignedCommand command;
        try {
            command = Wire.checked(() -> SignedCommand.decode(bytes.toByteArray()));
        } catch (LinkException e) {
            refuse(e.fault());
            return;
        }
        CommandOrder order = command.order();
        CommandRefusal refusal = commands.judge(command, client.time().now());
        if (refusal == CommandRefusal.NONE && !device.commands().claim(order)) {
            refusal = CommandRefusal.DUPLICATE;
        }
        if (refusal != CommandRefusal.NONE) {
            LOG.warn("command refused kind={} reason={}", order.kind(), refusal);
            answer(CommandAnswer.refused(order, refusal));
            return;
        }
        answer(CommandAnswer.of(order, CommandAnswer.Stage.ACCEPTED));
        device.commands().receive(order, this::answer);
    }

    private void answer(CommandAnswer answer) {
        write(FromDevice.newBuilder().setCommand(Wire.reply(answer)).build());
    }

    private void refusedByBackend(Refused refused) {
        LOG.warn("backend refused what we sent reason={}", refused.getReason());
        if (refused.getReason() == LinkFault.NO_SUCH_LIST.code()) {
            client.work(guarded(lists::gone));
        }
    }

    void pump() {
        if (welcomed && channel.isActive()) {
            guarded(upload::pump).run();
            guarded(blobs::pump).run();
            guarded(images::pump).run();
        }
    }

    void alarm(JournalRecord copy) {
        if (welcomed) {
            write(FromDevice.newBuilder()
                    .setAlarm(AlarmCopy.newBuilder().setRecord(ByteString.copyFrom(copy.encode())))
                    .build());
        }
    }

    /** Wrong answers end the connection when they come on a worker: both sides then agree anew. */
    private Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (LinkException e) {
                refuse(e.fault());
                end(CloseReason.FAULT);
            }
        };
    }

    private void refuse(LinkFault fault) {
        if (client.counters().count(fault)) {
            LOG.warn("link message refused reason={}", fault);
        }
        write(FromDevice.newBuilder().setRefused(Wire.refused(fault)).build());
    }

    void end(CloseReason why) {
        channel.eventLoop().execute(() -> {
            reason = why;
            channel.close();
        });
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        client.lost(this, reason);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause.getCause() instanceof LinkException refused) {
            client.counters().count(refused.fault());
            reason = CloseReason.FAULT;
        } else {
            LOG.debug("link connection broke", cause);
        }
        context.close();
    }

    private void write(FromDevice message) {
        channel.writeAndFlush(message, channel.voidPromise());
    }

    private static Hash hash(ByteString bytes) {
        return Wire.checked(() -> new Hash(Wire.octets(bytes)));
    }
}
