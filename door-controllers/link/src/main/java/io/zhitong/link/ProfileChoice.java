package io.zhitong.link;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslClientHelloHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.Future;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.machinetls.MachineTls;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the first message of a connection, the ClientHello, and gives way to the TLS of the profile it speaks (按首包选轮廓):
 * whoever offers the suite of RFC 8998 speaks SM2, whatever else it offers; everybody else speaks P-256. Each profile then
 * offers nothing but itself, and the handshake's transcript covers what was offered here.
 */
final class ProfileChoice extends SslClientHelloHandler<MachineProfile> {

    private static final int TLS_SM4_GCM_SM3 = 0x00C6;
    private static final long HANDSHAKE_MILLIS = 10_000;
    /** Fatal alert handshake_failure (RFC 8446, section 6). */
    private static final byte[] HANDSHAKE_FAILURE = {21, 3, 3, 0, 2, 2, 40};

    private final PortTls tls;
    private boolean refused;

    ProfileChoice(PortTls tls) {
        this.tls = tls;
    }

    @Override
    protected Future<MachineProfile> lookup(ChannelHandlerContext context, @Nullable ByteBuf hello) {
        boolean national = hello != null && offersNational(hello);
        return context.executor().newSucceededFuture(national ? MachineProfile.SM2 : MachineProfile.P256);
    }

    /** A ClientHello's body: version 2, random 32, session id (length 1), suites (length 2). */
    static boolean offersNational(ByteBuf hello) {
        ByteBuf in = hello.slice();
        if (in.readableBytes() < 35) {
            return false;
        }
        int session = in.skipBytes(34).readUnsignedByte();
        if (in.readableBytes() < session + 2) {
            return false;
        }
        int suites = in.skipBytes(session).readUnsignedShort() / 2;
        for (int i = Math.min(suites, in.readableBytes() / 2); i > 0; i--) {
            if (in.readUnsignedShort() == TLS_SM4_GCM_SM3) {
                return true;
            }
        }
        return false;
    }

    @Override
    protected void onLookupComplete(ChannelHandlerContext context, Future<MachineProfile> chosen) {
        MachineProfile profile = chosen.getNow();
        tls.of(profile).ifPresentOrElse(known -> shakeHands(context, known), () -> refuse(context, profile));
    }

    private void shakeHands(ChannelHandlerContext context, MachineTls known) {
        SslHandler ssl = new SslHandler(known.serverEngine());
        ssl.setHandshakeTimeoutMillis(HANDSHAKE_MILLIS);
        context.pipeline().addAfter(context.name(), null, new PeerRecheck(known));
        context.pipeline().replace(this, null, ssl);
    }

    /** Once: what is left of the message comes here again when the connection ends. */
    private void refuse(ChannelHandlerContext context, MachineProfile profile) {
        if (refused) {
            return;
        }
        refused = true;
        context.fireUserEventTriggered(new SslHandshakeCompletionEvent(
                new SSLHandshakeException("this port does not speak the profile " + profile.english())));
        context.writeAndFlush(Unpooled.wrappedBuffer(HANDSHAKE_FAILURE)).addListener(ChannelFutureListener.CLOSE);
    }
}
