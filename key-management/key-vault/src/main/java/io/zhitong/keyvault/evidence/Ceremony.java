package io.zhitong.keyvault.evidence;

import io.zhitong.keyvault.ceremony.TranscriptVerifier;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.Sm3;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The ceremony's transcript, checked (密钥仪式记录).
 *
 * @param text of the transcript
 * @param result of its check
 */
record Ceremony(Optional<String> text, Optional<TranscriptVerifier.Result> result) {
    static Ceremony of(Optional<String> text) {
        return new Ceremony(text, text.map(one -> TranscriptVerifier.verify(one, Optional.empty())));
    }

    boolean held() {
        return result.isPresent() && result.get().right();
    }

    boolean rehearsal() {
        return result.isPresent() && result.get().rehearsal();
    }

    EvidenceSection section() {
        EvidenceTable.Filling table = EvidenceTable.of("transcript", "what|项目|item", "value|内容|value");
        result.ifPresent(found -> table.row(new Words("记录条数", "records"), Words.plain(found.records()))
                .row(new Words("签名公钥指纹", "fingerprint of the signing key"), Words.plain(found.fingerprint()))
                .row(new Words("演练", "rehearsal"), Words.yesNo(found.rehearsal()))
                .row(
                        new Words("校验", "check"),
                        found.right() ? new Words("完整", "intact") : Words.plain(String.join("; ", found.problems()))));
        text.ifPresent(one -> table.row(
                new Words("全文 SM3", "SM3 of the text"),
                Words.plain(Hex.of(Sm3.hash(one.getBytes(StandardCharsets.UTF_8))))));
        return EvidenceSection.of(
                "ceremony",
                new Words("密钥仪式", "Key ceremony"),
                List.of(
                        new Words(
                                "指纹须与保管人当场朗读并留存的一致，仅凭文件不足为证。",
                                "The fingerprint must be the one the custodians read aloud and kept; the file alone proves nothing.")),
                table.done());
    }
}
