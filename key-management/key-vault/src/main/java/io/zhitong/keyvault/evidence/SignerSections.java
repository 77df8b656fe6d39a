package io.zhitong.keyvault.evidence;

import io.zhitong.keyapi.SigningKey;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.Sm3;
import java.util.List;

/** Signing keys. */
final class SignerSections {
    private SignerSections() {}

    static EvidenceSection signers(EvidenceInput input) {
        EvidenceTable.Filling table = EvidenceTable.of(
                "signing-keys",
                "key|密钥|key",
                "signs|签名对象|signs",
                "request|应请求签名|on request",
                "compartment|所在分区|compartment",
                "point|公钥 x‖y|public point",
                "sm3|公钥 SM3|SM3 of the point");
        for (SigningKey key : SigningKey.values()) {
            String point = input.portrait().signers().stream()
                    .filter(signer -> signer.key() == key)
                    .map(signer -> Hex.of(signer.point()))
                    .findFirst()
                    .orElse("");
            table.row(
                    new Words(key + " " + key.chinese(), key.name()),
                    signs(key),
                    Words.yesNo(key.signsOnRequest()),
                    input.rules().operational().contains(key)
                            ? new Words("运行区", "operational")
                            : new Words("主密钥区", "masters"),
                    point.isEmpty() ? new Words("尚未产生", "not made yet") : Words.plain(point),
                    Words.plain(point.isEmpty() ? "–" : Hex.of(Sm3.hash(Hex.parse(point)))));
        }
        return EvidenceSection.of("signing-keys", new Words("签名密钥", "Signing keys"), List.of(), table.done());
    }

    private static Words signs(SigningKey key) {
        return switch (key) {
            case POLICY -> new Words("名单", key.english());
            case COMMAND -> new Words("设备命令", key.english());
            case SETTLEMENT -> new Words("清算文件", key.english());
            case CARD_ISSUER -> new Words("卡与读卡器证书", key.english());
            case AUDIT -> new Words("审计检查点", key.english());
        };
    }
}
