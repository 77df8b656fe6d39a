package io.zhitong.link;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.EncoderException;
import io.zhitong.link.proto.AlarmCopy;
import io.zhitong.link.proto.FromDevice;
import io.zhitong.link.proto.TimeQuestion;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Hex;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameTest {

    private final EmbeddedChannel decoder = new EmbeddedChannel(new FrameDecoder());
    private final EmbeddedChannel encoder = new EmbeddedChannel(FrameEncoder.INSTANCE);

    private List<byte[]> read() {
        List<byte[]> frames = new ArrayList<>();
        for (ByteBuf frame = decoder.readInbound(); frame != null; frame = decoder.readInbound()) {
            frames.add(ByteBufUtil.getBytes(frame));
            frame.release();
        }
        return frames;
    }

    private void write(byte[] bytes) {
        decoder.writeInbound(Unpooled.wrappedBuffer(bytes));
    }

    @Test
    void time_question_has_the_frame_of_the_specification() {
        // field 6 (tag 32), length 2, field 1 zigzag(7) = 0E
        encoder.writeOutbound(FromDevice.newBuilder()
                .setTime(TimeQuestion.newBuilder().setSent(7))
                .build());
        ByteBuf out = encoder.readOutbound();
        assertEquals("0004" + "3202080e", Hex.of(ByteBufUtil.getBytes(out)));
        out.release();
    }

    @Test
    void two_frames_cut_at_every_place_are_the_same_two_frames() {
        byte[] stream = Hex.parse("0003" + "A1A2A3" + "0001" + "B1");
        for (int cut = 0; cut <= stream.length; cut++) {
            write(java.util.Arrays.copyOf(stream, cut));
            write(java.util.Arrays.copyOfRange(stream, cut, stream.length));
            List<byte[]> frames = read();
            assertEquals(2, frames.size(), "cut at " + cut);
            assertArrayEquals(Hex.parse("A1A2A3"), frames.get(0));
            assertArrayEquals(Hex.parse("B1"), frames.get(1));
        }
    }

    @Test
    void random_frames_in_random_pieces_come_out_as_they_went_in() {
        Random random = new Random(42);
        ByteWriter stream = new ByteWriter();
        List<byte[]> sent = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            byte[] frame = new byte[1 + random.nextInt(i % 20 == 0 ? FrameDecoder.MAX_FRAME : 40)];
            random.nextBytes(frame);
            sent.add(frame);
            stream.sized(frame);
        }
        byte[] all = stream.toByteArray();
        List<byte[]> got = new ArrayList<>();
        for (int at = 0; at < all.length; ) {
            int next = Math.min(all.length, at + 1 + random.nextInt(700));
            write(java.util.Arrays.copyOfRange(all, at, next));
            got.addAll(read());
            at = next;
        }
        assertEquals(sent.size(), got.size());
        for (int i = 0; i < sent.size(); i++) {
            assertArrayEquals(sent.get(i), got.get(i));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 16_385, 32_768, 65_535})
    void wrong_length_is_refused_and_nothing_behind_it_is_believed(int length) {
        byte[] wrong = new ByteWriter().u16(length).u8(1).toByteArray();
        DecoderException refused = assertThrows(DecoderException.class, () -> write(wrong));
        assertEquals(
                LinkFault.WRONG_LENGTH,
                assertInstanceOf(LinkException.class, refused.getCause()).fault());
        write(Hex.parse("0001" + "AA"));
        assertTrue(read().isEmpty());
    }

    @Test
    void longest_frame_is_read_and_one_byte_short_of_it_is_waited_for() {
        byte[] longest = new ByteWriter().u16(16_384).bytes(new byte[16_384]).toByteArray();
        write(java.util.Arrays.copyOf(longest, longest.length - 1));
        assertNull(decoder.readInbound());
        write(new byte[1]);
        assertEquals(16_384, read().get(0).length);
    }

    @Test
    void message_that_fits_no_frame_is_refused_where_it_is_made() {
        assertEquals(LinkFault.WRONG_LENGTH, encodeFault(FromDevice.getDefaultInstance()));
        assertEquals(LinkFault.WRONG_LENGTH, encodeFault(alarm(16_384)));
        assertTrue(encoder.writeOutbound(alarm(16_384 - 6)));
        ByteBuf out = encoder.readOutbound();
        assertEquals(16_384 + 2, out.readableBytes());
        out.release();
        assertFalse(encoder.finish());
    }

    private static FromDevice alarm(int bytes) {
        return FromDevice.newBuilder()
                .setAlarm(AlarmCopy.newBuilder().setRecord(ByteString.copyFrom(new byte[bytes])))
                .build();
    }

    private LinkFault encodeFault(FromDevice message) {
        EncoderException refused = assertThrows(EncoderException.class, () -> encoder.writeOutbound(message));
        return assertInstanceOf(LinkException.class, refused.getCause()).fault();
    }
}
