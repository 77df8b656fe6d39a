package io.zhitong.accessmodel;

import java.util.Optional;

/**
 * What can be told of a JPEG picture without decoding it (图片头): it begins and ends as one does, and says how large it is. Whoever shows
 * pictures of strangers' cameras has to know the size before a decoder reserves memory for it. Source: ITU-T T.81, B.1.1 and B.2.2.
 *
 * @param width pixels
 * @param height pixels
 */
public record Jpeg(int width, int height) {
    /** More pixels than any camera at a door has: 40 million. */
    public static final int MOST_PIXELS = 40_000_000;

    private static final int MARK = 0xFF;
    private static final int START = 0xD8;
    private static final int END = 0xD9;
    private static final int SCAN = 0xDA;
    private static final int HEADER = 2;
    /** Length 2 ‖ precision 1 ‖ height 2 ‖ width 2. */
    private static final int FRAME = 7;

    /** Nothing when it is no whole JPEG picture, or one of no pixels or of more than {@value #MOST_PIXELS}. */
    public static Optional<Jpeg> of(byte[] picture) {
        boolean whole = picture.length > 2 * HEADER
                && at(picture, 0) == MARK
                && at(picture, 1) == START
                && at(picture, picture.length - 2) == MARK
                && at(picture, picture.length - 1) == END;
        return whole ? frame(picture).filter(Jpeg::showable) : Optional.empty();
    }

    private static Optional<Jpeg> frame(byte[] picture) {
        int place = HEADER;
        while (place + HEADER + FRAME <= picture.length && at(picture, place) == MARK) {
            int code = at(picture, place + 1);
            int body = place + HEADER;
            if (code == MARK) {
                place++;
            } else if (isFrame(code)) {
                return Optional.of(new Jpeg(u16(picture, body + 5), u16(picture, body + 3)));
            } else if (code == SCAN || code == END || u16(picture, body) < HEADER) {
                return Optional.empty();
            } else {
                place = body + u16(picture, body);
            }
        }
        return Optional.empty();
    }

    /** C0 … CF begin a frame, but for C4 (Huffman tables), C8 (reserved) and CC (arithmetic conditioning). */
    private static boolean isFrame(int code) {
        return code >= 0xC0 && code <= 0xCF && code != 0xC4 && code != 0xC8 && code != 0xCC;
    }

    private boolean showable() {
        long pixels = (long) width * height;
        return pixels > 0 && pixels <= MOST_PIXELS;
    }

    private static int at(byte[] bytes, int index) {
        return bytes[index] & 0xFF;
    }

    private static int u16(byte[] bytes, int index) {
        return at(bytes, index) << 8 | at(bytes, index + 1);
    }
}
