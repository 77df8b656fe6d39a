package io.zhitong.link;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.timeout.IdleStateEvent;
import io.zhitong.link.proto.EnrolAnswer;
import io.zhitong.link.proto.EnrolQuestion;
import io.zhitong.machinetls.MachineTls;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a device without a certificate gets one (设备注册服务端): server certificate only, the device pins the authority and
 * shows a one-time token; one question, one answer, then the connection closes. Safe for use by several threads.
 */
public final class EnrolmentServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EnrolmentServer.class);
    private static final int MAX_WAITING = 64;

    private final Listener listener;
    private final ExecutorService workers;

    private EnrolmentServer(InetSocketAddress address, PortTls tls, Enrolment.Handler handler, int waiting) {
        workers = Listener.workers("enrolment-worker", 2, waiting);
        listener = new Listener(
                "enrolment",
                address,
                Duration.ofSeconds(20),
                tls,
                channel -> channel.pipeline().addLast(new Connection(handler, workers)));
    }

    /** @param tls server-authenticated ({@link MachineTls#server}) */
    public static EnrolmentServer start(InetSocketAddress address, PortTls tls, Enrolment.Handler handler) {
        return new EnrolmentServer(address, tls, handler, MAX_WAITING);
    }

    /** With one profile. */
    public static EnrolmentServer start(
            InetSocketAddress address, Supplier<MachineTls> tls, Enrolment.Handler handler) {
        return start(address, PortTls.only(tls), handler);
    }

    /** @param waiting questions that may wait for a worker; the next is told BUSY */
    static EnrolmentServer start(
            InetSocketAddress address, Supplier<MachineTls> tls, Enrolment.Handler handler, int waiting) {
        return new EnrolmentServer(address, PortTls.only(tls), handler, waiting);
    }

    public int port() {
        return listener.port();
    }

    @Override
    public void close() {
        listener.close();
        workers.shutdownNow();
    }

    private static final class Connection extends SimpleChannelInboundHandler<ByteBuf> {

        private final Enrolment.Handler handler;
        private final ExecutorService workers;
        private boolean asked;

        Connection(Enrolment.Handler handler, ExecutorService workers) {
            super(ByteBuf.class);
            this.handler = handler;
            this.workers = workers;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf frame) {
            if (asked) {
                context.close();
                return;
            }
            asked = true;
            byte[] bytes = ByteBufUtil.getBytes(frame);
            try {
                workers.execute(() -> context.writeAndFlush(answer(bytes)).addListener(ChannelFutureListener.CLOSE));
            } catch (RejectedExecutionException e) {
                context.writeAndFlush(refusal(Enrolment.Refusal.BUSY)).addListener(ChannelFutureListener.CLOSE);
            }
        }

        /** The edge to foreign code: the device learns only that it failed, the log the rest. */
        private EnrolAnswer answer(byte[] bytes) {
            try {
                return granted(handler.enrol(question(bytes)));
            } catch (EnrolmentRefusedException e) {
                LOG.warn("enrolment refused reason={}", e.reason());
                return refusal(e.reason());
            } catch (RuntimeException e) {
                LOG.error("enrolment failed", e);
                return refusal(Enrolment.Refusal.FAILED);
            }
        }

        private static Enrolment.Question question(byte[] bytes) {
            try {
                EnrolQuestion question = EnrolQuestion.parseFrom(bytes);
                boolean bounded = question.getToken().length() <= 128
                        && question.getPkcs10().size() <= Wire.MAX_REQUEST
                        && question.getSoftware().length() <= Wire.MAX_TEXT;
                if (!bounded) {
                    throw new EnrolmentRefusedException(Enrolment.Refusal.MALFORMED);
                }
                return new Enrolment.Question(
                        question.getToken(), question.getPkcs10().toByteArray(), question.getSoftware());
            } catch (InvalidProtocolBufferException e) {
                throw new EnrolmentRefusedException(Enrolment.Refusal.MALFORMED);
            }
        }

        private static EnrolAnswer granted(Enrolment.Granted granted) {
            EnrolAnswer.Builder answer = EnrolAnswer.newBuilder()
                    .setCommunity(granted.address().community().value())
                    .setDevice((int) granted.address().device().value())
                    .setPolicyKey(ByteString.copyFrom(granted.policyKey().xy()))
                    .setCommandKey(ByteString.copyFrom(granted.commandKey().xy()));
            granted.auditKey().ifPresent(key -> answer.setAuditKey(ByteString.copyFrom(key.xy())));
            granted.chain().forEach(certificate -> answer.addCertificate(Wire.der(certificate)));
            LOG.info("device enrolled device={}", granted.address());
            return answer.build();
        }

        private static EnrolAnswer refusal(Enrolment.Refusal reason) {
            return EnrolAnswer.newBuilder().setRefusal(reason.code()).build();
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof IdleStateEvent) {
                context.close();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            LOG.debug("enrolment connection broke", cause);
            context.close();
        }
    }
}
