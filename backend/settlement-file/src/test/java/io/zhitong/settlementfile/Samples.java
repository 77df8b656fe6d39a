package io.zhitong.settlementfile;

import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PrivateKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** A key, records and files for the tests. */
final class Samples {
    static final PackageName NAME = new PackageName(FileType.TX, "44030001", LocalDate.of(2026, 11, 21), 1, 1);
    static final Sm2PrivateKey KEY = Sm2PrivateKey.of(scalar(0x35));
    static final RandomSource RANDOM = n -> {
        byte[] bytes = new byte[n];
        Arrays.fill(bytes, (byte) 0x5A);
        return bytes;
    };

    private Samples() {}

    static PackageSigner signer(Sm2PrivateKey key) {
        return new PackageSigner() {
            @Override
            public byte[] sign(byte[] message) {
                return Sm2.sign(key, message, RANDOM);
            }

            @Override
            public byte[] publicKey() {
                return key.publicKey().xy();
            }
        };
    }

    static List<SettlementRecord> records(int count) {
        List<SettlementRecord> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            records.add(record(i, 100L * i + 250));
        }
        return records;
    }

    static SettlementRecord record(int i, long amountFen) {
        return new SettlementRecord(
                String.format(Locale.ROOT, "000000004403%08d", i % 3),
                7 + i,
                "000000000043",
                "00004403000100000043",
                4000L + i,
                6,
                amountFen,
                10_000L * i,
                "20261121101530",
                String.format(Locale.ROOT, "%08X", 0x0A1B2C3D + 7919 * i),
                1,
                TacState.V);
    }

    static SignedPackage signed(int count) {
        return SignedPackage.make(NAME, "SHOP0001", records(count), signer(KEY));
    }

    static byte[] literalFile() {
        try (InputStream in = Samples.class.getResourceAsStream(NAME.toString())) {
            return Objects.requireNonNull(in, "sample file").readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] scalar(int fill) {
        byte[] scalar = new byte[32];
        Arrays.fill(scalar, (byte) fill);
        return scalar;
    }
}
