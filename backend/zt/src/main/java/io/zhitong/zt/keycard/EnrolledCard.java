package io.zhitong.zt.keycard;

import io.zhitong.cliapi.CommandFailure;
import io.zhitong.cliapi.ExitStatus;
import io.zhitong.keyapi.Custodian;
import io.zhitong.keyapi.CustodyPerson;
import io.zhitong.keyapi.KeyAdministration;
import io.zhitong.keyvault.VaultAccess;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import io.zhitong.smcrypto.Sm3;
import io.zhitong.smcrypto.Sm4;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Authentication cards and the vault they are enrolled at (认证卡登记). */
final class EnrolledCard {
    private static final int PAIRS = 64;
    private static final int BLOCK = 16;
    private static final int ID = 8;

    private EnrolledCard() {}

    /** Left 8 of SM3 of the vault's ca.pem. */
    static byte[] vaultId(Path data) throws IOException {
        return Arrays.copyOf(Sm3.hash(Files.readAllBytes(data.resolve("ca.pem"))), ID);
    }

    /** Fresh challenges with the answers of a card that holds the key. */
    static List<byte[]> pairs(SecretBytes key) {
        byte[] bytes = key.export(SecretAccess.TOKEN);
        List<byte[]> pairs = new ArrayList<>();
        for (int i = 0; i < PAIRS; i++) {
            byte[] challenge = RandomSource.secure().bytes(BLOCK);
            pairs.add(new ByteWriter()
                    .bytes(challenge)
                    .bytes(Sm4.encryptBlock(bytes, challenge))
                    .toByteArray());
        }
        Arrays.fill(bytes, (byte) 0);
        return pairs;
    }

    static Custodian custodian(KeyAdministration vault, String name) {
        return vault.custodians().list().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new CommandFailure(ExitStatus.CHECK_FAILED, "expected the name of a custodian 没有该保管人"));
    }

    static CustodyPerson person(KeyAdministration vault, String name) throws IOException {
        return new CustodyPerson(name, custodian(vault, name).number(), VaultAccess.ask("PIN 保管人口令 " + name + ": "));
    }
}
