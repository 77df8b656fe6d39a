package io.zhitong.cos.command;

import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.KeyType;
import io.zhitong.cardspec.SecureMessaging;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.cos.file.AccessRule;
import io.zhitong.cos.file.CardFile;
import io.zhitong.cos.file.CommandRefused;
import io.zhitong.cos.file.FileKind;
import io.zhitong.cos.file.StoredKey;
import io.zhitong.cos.state.CardContext;

/**
 * DELETE FILE (删除文件) 80 E4 00 00, data FID 2 ‖ MAC4: an EF of the current DF under that DF's control key 39/00, or a DF,
 * found as SELECT finds it, with all that is in it under the DF's own 39/00: who runs an application removes it, and nobody
 * else. Without a 39/00 of its own the MF's serves. The MAC stands for eraseAC unless that is EF. Key files go with their
 * DF only, the chip's 0005 never.
 */
public final class DeleteFile implements Command {
    @Override
    public int ins() {
        return 0xE4;
    }

    @Override
    public boolean accepts(int cla) {
        return cla == 0x80;
    }

    @Override
    public byte[] run(CommandApdu apdu, CardContext card) {
        Shape.p1p2(apdu, 0, 0);
        Shape.lc(apdu.data(), 2 + SecureMessaging.MAC);
        Shape.noLe(apdu);
        CardFile file = Select.byIdentifier((apdu.data()[0] & 0xFF) << 8 | apdu.data()[1] & 0xFF, card);
        CommandRefused.unless(
                file.kind() != FileKind.KEYS && !file.equals(card.files().mf()) && !card.isChipFile(file),
                StatusWord.CONDITIONS_NOT_MET);
        CardFile owner =
                file.kind() == FileKind.DIRECTORY ? file : card.session().df();
        CommandRefused.unless(!AccessRule.isNever(owner.writeRule()), StatusWord.SECURITY_NOT_SATISFIED);
        SecureChannel.fullBlock(card, control(card, owner)).open(apdu);
        boolean inside = card.files().contains(file, card.session().df());
        card.files().delete(file);
        card.session().forgetFile();
        if (inside) {
            card.session().enter(card.files().mf(), Shape.NOTHING);
        }
        return Shape.NOTHING;
    }

    private static StoredKey control(CardContext card, CardFile owner) {
        return card.keysOf(owner)
                .flatMap(k -> k.find(KeyType.EXTERNAL_AUTH, 0))
                .or(() -> card.keysOf(card.files().mf()).flatMap(k -> k.find(KeyType.EXTERNAL_AUTH, 0)))
                .orElseThrow(() -> new CommandRefused(StatusWord.KEY_NOT_FOUND));
    }
}
