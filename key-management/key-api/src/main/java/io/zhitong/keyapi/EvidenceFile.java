package io.zhitong.keyapi;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import java.util.regex.Pattern;

/**
 * One file of the evidence pack (证据文件). On the wire: name <i>text</i> ‖ length 4 ‖ content.
 *
 * @param name letters, digits and dots
 * @param content nothing secret
 */
public record EvidenceFile(String name, byte[] content) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]{1,32}(\\.[a-z0-9]{1,8}){0,2}");
    private static final int MOST_BYTES = 3 * 1024 * 1024;

    public EvidenceFile {
        if (!NAME.matcher(name).matches()) {
            throw Checks.malformed("name of a file: expected small letters, digits and dots");
        }
        content = Checks.length("evidence file", content, 0, MOST_BYTES);
    }

    void encode(ByteWriter out) {
        out.text(name).u32(content.length).bytes(content);
    }

    static EvidenceFile decode(ByteReader in) {
        return new EvidenceFile(in.text(), in.bytes(Math.toIntExact(Math.min(in.u32(), MOST_BYTES + 1L))));
    }
}
