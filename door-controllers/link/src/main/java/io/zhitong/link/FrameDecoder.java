package io.zhitong.link;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/**
 * Cuts the byte stream into frames: length 2, 1 … 16384, then that many bytes (报文分帧). After a wrong length nothing
 * behind it can be trusted, so the connection must close.
 */
final class FrameDecoder extends ByteToMessageDecoder {

    static final int MAX_FRAME = 16_384;
    static final int LENGTH_BYTES = 2;

    private boolean broken;

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (broken) {
            in.skipBytes(in.readableBytes());
            return;
        }
        if (in.readableBytes() < LENGTH_BYTES) {
            return;
        }
        int length = in.getUnsignedShort(in.readerIndex());
        if (length == 0 || length > MAX_FRAME) {
            broken = true;
            throw new LinkException(LinkFault.WRONG_LENGTH, "expected a frame of 1 to " + MAX_FRAME + " bytes");
        }
        if (in.readableBytes() >= LENGTH_BYTES + length) {
            in.skipBytes(LENGTH_BYTES);
            out.add(in.readRetainedSlice(length));
        }
    }
}
