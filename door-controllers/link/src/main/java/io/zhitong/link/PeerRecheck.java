package io.zhitong.link;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.zhitong.machinetls.MachineTls;
import io.zhitong.machinetls.PeerRefusedException;

/** A resumed handshake shows no certificate: revocation and dates of the one shown before are judged here (恢复会话复核). */
final class PeerRecheck extends ChannelInboundHandlerAdapter {

    private final MachineTls tls;

    PeerRecheck(MachineTls tls) {
        this.tls = tls;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        boolean done = event instanceof SslHandshakeCompletionEvent handshake && handshake.isSuccess();
        context.fireUserEventTriggered(done ? judged(context) : event);
        if (done) {
            context.pipeline().remove(this);
        }
    }

    private Object judged(ChannelHandlerContext context) {
        try {
            tls.recheck(context.pipeline().get(SslHandler.class).engine().getSession());
            return SslHandshakeCompletionEvent.SUCCESS;
        } catch (PeerRefusedException e) {
            context.close();
            return new SslHandshakeCompletionEvent(e);
        }
    }
}
