package io.zhitong.link;

import io.zhitong.accessmodel.Octets;

/**
 * A picture by its content (图片).
 *
 * @param name SHA-256 of the content, {@value #NAME_LENGTH} bytes
 * @param length of the content, 1 to {@value #MAX_LENGTH}
 */
public record Blob(Octets name, int length) {
    public static final int NAME_LENGTH = 32;
    public static final int MAX_LENGTH = 2 << 20;

    public Blob {
        Wire.require(name.length() == NAME_LENGTH, "a name of " + NAME_LENGTH + " bytes");
        if (length < 1 || length > MAX_LENGTH) {
            throw new BlobRefusedException(BlobRefusal.TOO_LARGE);
        }
    }
}
