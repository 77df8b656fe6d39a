package io.zhitong.edge;

import io.zhitong.accessmodel.CommandKind;
import io.zhitong.accessmodel.CommandOrder;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.JournalId;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.SoftwareVersion;
import io.zhitong.accessmodel.UpdateManifest;
import io.zhitong.accessmodel.UpdateManifest.Architecture;
import io.zhitong.accessmodel.UpdateOrder;
import io.zhitong.link.ImageSink;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PrivateKey;
import io.zhitong.smcrypto.Sm3;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Bundles of software and orders for them. */
final class Bundles {

    private Bundles() {}

    /** An image whose start script says only its version, with some bytes that do not shrink. */
    static byte[] zip(String version, int ballast) {
        byte[] noise = new byte[ballast];
        new Random(ballast).nextBytes(noise);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> file : Map.of(
                            "bin/controller", text("new"), "version", text(version), "lib/noise", noise)
                    .entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static UpdateOrder order(Architecture architecture, String version, byte[] file, Sm2PrivateKey key) {
        return new UpdateOrder(
                UpdateManifest.sign(
                        new CommunityId(1),
                        architecture,
                        SoftwareVersion.parse(version),
                        file.length,
                        Hash.of(Sm3.hash(file)),
                        1_795_262_400L,
                        key.publicKey(),
                        message -> Sm2.sign(key, message, RandomSource.secure())),
                false);
    }

    static CommandOrder command(byte[] args) {
        return new CommandOrder(
                Journals.DOOR.community(),
                Journals.DOOR.device(),
                new JournalId(1),
                Octets.zeros(16),
                CommandKind.UPDATE,
                PointId.DEVICE,
                1,
                2,
                Octets.zeros(16),
                Octets.of(args),
                "admin",
                "");
    }

    /** The link's part: what is wanted is brought, up to that many bytes in all; whether the whole is there. */
    static boolean bring(ImageSink sink, byte[] file, long most) {
        long brought = 0;
        while (brought < most) {
            var wanted = sink.wanted();
            if (wanted.isEmpty()) {
                return true;
            }
            int from = (int) wanted.get().from();
            int length = (int) Math.min(8_192, Math.min(file.length - from, most - brought));
            sink.append(wanted.get(), from, Arrays.copyOfRange(file, from, from + length));
            brought += length;
        }
        return sink.wanted().isEmpty();
    }
}
