package io.zhitong.cardterminal;

import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;

/** The PIN of a card's holder (持卡人口令), 2 to 6 bytes as the card keeps them, or none. To be closed by who asked for it. */
public final class Pin implements AutoCloseable {
    /** For cards without a PIN, and transactions that need none. */
    public static final Pin NONE = new Pin(SecretBytes.copyOf(new byte[0]));

    private static final int LEAST = 2;
    private static final int MOST = 6;

    private final SecretBytes value;

    private Pin(SecretBytes value) {
        this.value = value;
    }

    /** @throws IllegalArgumentException unless it has 2 to 6 bytes */
    public static Pin of(SecretBytes value) {
        if (value.length() < LEAST || value.length() > MOST) {
            throw new IllegalArgumentException("expected a PIN of 2 to 6 bytes");
        }
        return new Pin(value);
    }

    boolean isNone() {
        return value.length() == 0;
    }

    /** A copy that the caller wipes. */
    byte[] bytes() {
        return value.export(SecretAccess.TOKEN);
    }

    @Override
    public void close() {
        if (!isNone()) {
            value.close();
        }
    }
}
