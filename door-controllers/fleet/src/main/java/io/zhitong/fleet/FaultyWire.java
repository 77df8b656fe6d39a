package io.zhitong.fleet;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** One connection through a {@link FaultProxy} (故障线路): two channels on one event loop. */
final class FaultyWire {

    private static final long SLOW_MILLIS = 500;

    private final Channel device;
    private final AtomicLong bytes = new AtomicLong();
    private volatile Optional<Fault> fault = Optional.empty();

    FaultyWire(Channel device) {
        this.device = device;
    }

    void join(Channel backend) {
        device.pipeline().addLast(new Passing(backend));
        backend.pipeline().addLast(new Passing(device));
        device.closeFuture().addListener(end -> backend.close());
        backend.closeFuture().addListener(end -> device.close());
    }

    long bytes() {
        return bytes.get();
    }

    void strike(Fault next) {
        fault = Optional.of(next);
        if (next == Fault.CUT) {
            device.close();
        }
    }

    /** What one side said goes to the other, as the fault of the moment has it. */
    private final class Passing extends ChannelInboundHandlerAdapter {
        private final Channel other;
        private final Deque<ByteBuf> heldBack = new ArrayDeque<>();

        Passing(Channel other) {
            this.other = other;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf piece = (ByteBuf) message;
            bytes.addAndGet(piece.readableBytes());
            switch (fault.orElse(Fault.KILL)) {
                case HALF_OPEN, CUT -> piece.release();
                case SLOW ->
                    other.eventLoop().schedule(() -> other.writeAndFlush(piece), SLOW_MILLIS, TimeUnit.MILLISECONDS);
                case REORDER -> reordered(piece);
                case KILL -> other.writeAndFlush(piece, other.voidPromise());
            }
        }

        private void reordered(ByteBuf piece) {
            if (heldBack.isEmpty()) {
                heldBack.add(piece);
                return;
            }
            other.write(piece, other.voidPromise());
            while (!heldBack.isEmpty()) {
                other.writeAndFlush(heldBack.remove(), other.voidPromise());
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            heldBack.forEach(ByteBuf::release);
            heldBack.clear();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
