package io.zhitong.link;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.TimeUnit;

/**
 * How fast a port lets connections in (接入限速): after about {@value #BURST} it waits {@value #PAUSE_MILLIS} ms on the loop that shakes
 * hands, so that a loop with much to do comes back later by itself. Whoever waits, waits in the kernel's queue; devices that are
 * connected are served in between. Nobody is counted: a stranger who opens connections and says nothing holds up no one.
 */
final class AcceptPace extends ChannelInboundHandlerAdapter {

    static final int BURST = 8;
    static final int PAUSE_MILLIS = 10;

    private int accepted;

    @Override
    public void channelRead(ChannelHandlerContext context, Object connection) {
        if (++accepted >= BURST) {
            accepted = 0;
            Channel port = context.channel();
            port.config().setAutoRead(false);
            context.executor().schedule(() -> port.config().setAutoRead(true), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
        context.fireChannelRead(connection);
    }
}
