package io.zhitong.link;

import com.google.protobuf.InvalidProtocolBufferException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.timeout.IdleStateEvent;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.link.proto.FromBackend;
import io.zhitong.link.proto.FromDevice;
import io.zhitong.link.proto.Hello;
import io.zhitong.machinetls.MachinePeer;
import io.zhitong.machinetls.PeerRefusedException;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The backend's end of one connection up to its hello (服务端连接); from then on {@link ServerSession} answers. */
final class ServerConnection extends SimpleChannelInboundHandler<ByteBuf> {

    /** A peer that sends nothing but bad messages is not worth a socket. */
    private static final int MAX_REFUSALS = 100;

    private static final Logger LOG = LoggerFactory.getLogger(ServerConnection.class);

    private final ServerCore core;
    private Optional<MachinePeer> peer = Optional.empty();
    private Optional<ServerSession> session = Optional.empty();
    private int refusals;

    ServerConnection(ServerCore core) {
        super(ByteBuf.class);
        this.core = core;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            handshake(context, handshake);
        } else if (event instanceof IdleStateEvent) {
            end(context, CloseReason.SILENT);
        } else {
            context.fireUserEventTriggered(event);
        }
    }

    private void handshake(ChannelHandlerContext context, SslHandshakeCompletionEvent handshake) {
        if (handshake.isSuccess()) {
            peer = MachinePeer.of(
                    context.pipeline().get(SslHandler.class).engine().getSession());
            return;
        }
        core.handshakeFailed();
        LOG.info(
                "link handshake refused from={} reason={}",
                context.channel().remoteAddress(),
                PeerRefusedException.reasonOf(handshake.cause()).map(Enum::name).orElse("TLS"));
        context.close();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        session.ifPresent(ServerSession::writabilityChanged);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf frame) {
        try {
            FromDevice message = FromDevice.parseFrom(ByteBufUtil.getBytes(frame));
            if (session.isPresent()) {
                session.get().receive(message);
            } else {
                open(context, message);
            }
        } catch (InvalidProtocolBufferException e) {
            refuse(context, LinkFault.MALFORMED);
        } catch (LinkException e) {
            fault(context, e.fault());
        }
    }

    private void open(ChannelHandlerContext context, FromDevice message) {
        if (message.getMessageCase() != FromDevice.MessageCase.HELLO) {
            throw new LinkException(LinkFault.OUT_OF_TURN, "expected a hello first");
        }
        Hello hello = message.getHello();
        if (hello.getProtocol() != Wire.PROTOCOL) {
            throw new LinkException(LinkFault.VERSION, "expected protocol version " + Wire.PROTOCOL);
        }
        LinkSession opened = new LinkSession(
                core.nextNumber(),
                address(hello),
                peer.orElseThrow(() -> new LinkException(LinkFault.OUT_OF_TURN, "expected a certificate")),
                Wire.hello(hello),
                Instant.now(),
                String.valueOf(context.channel().remoteAddress()));
        ServerSession next = new ServerSession(core, context.channel(), opened);
        session = Optional.of(next);
        next.open();
    }

    private DeviceAddress address(Hello hello) {
        DeviceAddress claimed =
                Wire.checked(() -> DeviceAddress.of(hello.getCommunity(), Integer.toUnsignedLong(hello.getDevice())));
        if (peer.filter(known -> known.name().name().equals(claimed.certificateName()))
                .isEmpty()) {
            throw new LinkException(LinkFault.OTHER_DEVICE, "expected the device that the certificate names");
        }
        return claimed;
    }

    /** What is harmless is refused, what leaves the two sides out of step ends the connection. */
    private void fault(ChannelHandlerContext context, LinkFault fault) {
        refuse(context, fault);
        boolean harmless = session.isPresent()
                && switch (fault) {
                    case UNKNOWN_MESSAGE, NO_SUCH_LIST, MALFORMED, CLOCK_FAR_OFF -> true;
                    default -> false;
                };
        if (!harmless) {
            end(context, CloseReason.FAULT);
        }
    }

    private void refuse(ChannelHandlerContext context, LinkFault fault) {
        if (core.counters().count(fault)) {
            LOG.warn("link message refused from={} reason={}", context.channel().remoteAddress(), fault);
        }
        context.writeAndFlush(
                FromBackend.newBuilder().setRefused(Wire.refused(fault)).build());
        if (++refusals > MAX_REFUSALS) {
            end(context, CloseReason.FAULT);
        }
    }

    private void end(ChannelHandlerContext context, CloseReason reason) {
        session.ifPresent(open -> open.end(reason));
        context.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        core.disconnected();
        session.ifPresent(open -> open.end(CloseReason.PEER_CLOSED));
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause.getCause() instanceof LinkException refused) {
            fault(context, refused.fault());
        } else {
            LOG.debug("link connection broke from={}", context.channel().remoteAddress(), cause);
        }
        end(context, CloseReason.FAULT);
    }
}
