package io.zhitong.accessmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JpegTest {
    /** Start, a comment, a frame of 480 × 640, end. */
    private static final String SMALL =
            "FFD8" + "FFFE0004" + "6869" + "FFC00011" + "08" + "01E0" + "0280" + "03012200021101031101" + "FFD9";

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    @Test
    void size_stands_in_the_frame_header() {
        assertEquals(Optional.of(new Jpeg(640, 480)), Jpeg.of(hex(SMALL)));
    }

    /** Fill bytes before a marker are allowed (B.1.1.2). */
    @Test
    void fill_bytes_and_a_progressive_frame_are_read() {
        assertEquals(Optional.of(new Jpeg(640, 480)), Jpeg.of(hex(SMALL.replace("FFC00011", "FFFFFFC20011"))));
    }

    /** An encoder that knows nothing of our reader. */
    @Test
    void picture_of_the_platforms_encoder_has_its_size() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(321, 123, BufferedImage.TYPE_INT_RGB), "jpg", out);
        assertEquals(Optional.of(new Jpeg(321, 123)), Jpeg.of(out.toByteArray()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "FFD8",
                "FFD8FFD9",
                "89504E470D0A1A0A0000000D49484452",
                "3C7376672F3E3C7376672F3E3C7376672F3E",
                "FFD8FFFE00000000000000000000FFD9",
                "FFD8FFFEFFFF00000000000000000000FFD9",
                "FFD8FFDA000C03010002110311003F00FFD9",
                "FFD8FFC400040000FFC40004000000000000FFD9",
            })
    void what_is_no_picture_is_none(String text) {
        assertEquals(Optional.empty(), Jpeg.of(hex(text)));
    }

    @Test
    void half_a_picture_and_one_with_something_behind_it_are_none() {
        byte[] whole = hex(SMALL);
        for (int length = 0; length < whole.length; length++) {
            assertEquals(Optional.empty(), Jpeg.of(Arrays.copyOf(whole, length)), length + " bytes");
        }
        assertEquals(Optional.empty(), Jpeg.of(hex(SMALL + "00")));
    }

    @Test
    void more_pixels_than_a_page_can_show_and_none_at_all_are_refused() {
        assertEquals(Optional.empty(), Jpeg.of(hex(SMALL.replace("01E00280", "FFFFFFFF"))));
        assertEquals(Optional.empty(), Jpeg.of(hex(SMALL.replace("01E00280", "00000280"))));
        assertEquals(Optional.of(new Jpeg(8000, 5000)), Jpeg.of(hex(SMALL.replace("01E00280", "13881F40"))));
    }
}
