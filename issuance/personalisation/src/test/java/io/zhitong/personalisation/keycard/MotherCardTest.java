package io.zhitong.personalisation.keycard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cos.Card;
import io.zhitong.cos.state.CardProfile;
import io.zhitong.keyapi.Exportability;
import io.zhitong.keyapi.KeyOrigin;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.KeyState;
import io.zhitong.keyapi.KeyTerms;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.keyvault.life.MasterBytes;
import io.zhitong.keyvault.life.MasterRegister;
import io.zhitong.keyvault.store.StoredMaster;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import io.zhitong.smcrypto.Sm4;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Mother keys from one vault to another on a mother and a transport card; either card alone gives nothing. */
class MotherCardTest {
    private static final byte[] CITY = Hex.parse("4403ff0000000000");
    private static final byte[] OURS = Hex.parse("101112131415161718191a1b1c1d1e1f");
    private static final byte[] THEIRS = Hex.parse("a0a1a2a3a4a5a6a7a8a9aaabacadaeaf");
    private static final KeyRef EXCHANGE = KeyRef.of(KeyUsage.EXCHANGE, 2, Hex.parse("a1a2a3a4a5a6a7a8"));
    private static final KeyRef ROOT = KeyRef.of(KeyUsage.DPK, 2);
    private static final KeyRef MOTHER = KeyRef.of(KeyUsage.DPK, 2, CITY);
    private static final long NOW = 1_795_000_000L;

    private final KeyCards cards = new KeyCards(RandomSource.secure());
    private final Card mother = KeyCardsTest.blank();
    private final Card transport = KeyCardsTest.blank();

    private static SecretBytes pin() {
        return KeyCardsTest.pin("271828");
    }

    private void makeCards() {
        cards.make(mother::process, KeyCardsTest.label(KeyCardKind.MOTHER), pin(), SecretBytes.copyOf(OURS));
        cards.make(transport::process, KeyCardsTest.label(KeyCardKind.TRANSPORT), pin(), SecretBytes.copyOf(THEIRS));
        mother.reset();
        transport.reset();
    }

    /** A vault's masters with the exchange key from both cards, in use. */
    private MasterRegister withExchangeKey(MasterRegister vault) {
        try (SecretBytes ours = cards.secret(mother::process, KeyCardKind.MOTHER, pin());
                SecretBytes theirs = cards.secret(transport::process, KeyCardKind.TRANSPORT, pin())) {
            List<SecretBytes> both = List.of(ours, theirs);
            SecretBytes key = MasterBytes.ofComponents(both, ExchangeComponents.kcv(both));
            return vault.imported(EXCHANGE, Exportability.NEVER, false, key, NOW)
                    .change(EXCHANGE, KeyState.ACTIVE, NOW);
        }
    }

    private MasterRegister exporter(Exportability exportability) {
        var terms = new KeyTerms(KeyOrigin.MADE, exportability, NOW, 0, "");
        return withExchangeKey(new MasterRegister(List.of()).newVersion(ROOT, terms, NOW, RandomSource.secure()));
    }

    private static StoredMaster last(MasterRegister vault) {
        return vault.masters().get(vault.masters().size() - 1);
    }

    private static boolean contains(byte[] where, byte[] what) {
        return Hex.of(where).contains(Hex.of(what));
    }

    @Test
    void mother_key_arrives_in_another_vault_with_both_cards_and_the_same_check_value() {
        makeCards();
        MasterRegister here = exporter(Exportability.EXCHANGE);
        String block = here.exportBlock(MOTHER, EXCHANGE, NOW, RandomSource.secure());
        cards.addBlock(mother::process, pin(), block);
        mother.reset();
        transport.reset();
        MasterRegister there = withExchangeKey(new MasterRegister(List.of()));
        String came = cards.blocks(mother::process, pin()).get(0);
        StoredMaster imported = last(there.importBlock(EXCHANGE, false, came, NOW));
        assertEquals(MOTHER.text(), imported.name().text());
        byte[] root = here.masters().get(0).key().export(SecretAccess.TOKEN);
        byte[] city = Sm4.encryptBlock(root, Hex.parse("4403ff0000000000bbfc00ffffffffff"));
        assertArrayEquals(city, imported.key().export(SecretAccess.TOKEN));
        assertArrayEquals(
                Arrays.copyOf(Sm4.cmac(city, new byte[16]), 3), imported.about().kcv());
    }

    @Test
    void key_that_may_not_leave_comes_on_no_card() {
        makeCards();
        MasterRegister here = exporter(Exportability.NEVER);
        assertEquals(
                KeyRefusal.NOT_EXPORTABLE,
                assertThrows(
                                KeyServiceException.class,
                                () -> here.exportBlock(MOTHER, EXCHANGE, NOW, RandomSource.secure()))
                        .reason());
    }

    @Test
    void either_card_alone_gives_nothing_though_its_whole_memory_is_read() {
        makeCards();
        MasterRegister here = exporter(Exportability.EXCHANGE);
        String block = here.exportBlock(MOTHER, EXCHANGE, NOW, RandomSource.secure());
        mother.reset();
        cards.addBlock(mother::process, pin(), block);
        byte[] exchange = last(here).key().export(SecretAccess.TOKEN);
        byte[] root = here.masters().get(0).key().export(SecretAccess.TOKEN);
        byte[] city = Sm4.encryptBlock(root, Hex.parse("4403ff0000000000bbfc00ffffffffff"));
        for (Card card : List.of(mother, transport)) {
            byte[] memory = card.nvm().read(0, CardProfile.BLANK.memory().size());
            assertTrue(contains(memory, card == mother ? OURS : THEIRS), "what is there is found");
            for (byte[] key : List.of(exchange, root, city)) {
                assertFalse(contains(memory, key));
                assertFalse(
                        contains(memory, Hex.of(key).toUpperCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII)));
            }
        }
        for (byte[] alone : List.of(OURS, THEIRS)) {
            MasterRegister there = new MasterRegister(List.of())
                    .imported(EXCHANGE, Exportability.NEVER, false, SecretBytes.copyOf(alone), NOW)
                    .change(EXCHANGE, KeyState.ACTIVE, NOW);
            assertEquals(
                    KeyRefusal.BAD_KEY_BLOCK,
                    assertThrows(KeyServiceException.class, () -> there.importBlock(EXCHANGE, false, block, NOW))
                            .reason());
        }
    }
}
