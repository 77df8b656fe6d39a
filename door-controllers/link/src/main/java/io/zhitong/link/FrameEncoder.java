package io.zhitong.link;

import com.google.protobuf.MessageLite;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToByteEncoder;

/** Writes one protobuf message as one frame; the counterpart of {@link FrameDecoder} (报文成帧). */
@ChannelHandler.Sharable
final class FrameEncoder extends MessageToByteEncoder<MessageLite> {

    static final FrameEncoder INSTANCE = new FrameEncoder();

    private FrameEncoder() {
        super(MessageLite.class);
    }

    @Override
    protected void encode(ChannelHandlerContext context, MessageLite message, ByteBuf out) {
        byte[] bytes = message.toByteArray();
        if (bytes.length == 0 || bytes.length > FrameDecoder.MAX_FRAME) {
            throw new LinkException(
                    LinkFault.WRONG_LENGTH, "a message of " + bytes.length + " bytes does not fit into a frame");
        }
        out.writeShort(bytes.length).writeBytes(bytes);
    }
}
