package io.zhitong.backend.keys.web;

import io.zhitong.keyapi.Custodian;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.machinetls.MachineTlsException;
import io.zhitong.smcrypto.MalformedInput;
import io.zhitong.smcrypto.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What the pages that ask something of the vault have in common (密钥操作页). */
@Component
class KeyScreen {
    private static final int LONGEST_SECRET = 1000;

    private final KeyWords words;

    KeyScreen(KeyWords words) {
        this.words = words;
    }

    /** Fills a page from the vault; a vault that does not answer leaves a page that says so. */
    void show(Locale locale, Model model, Runnable fromVault) {
        model.addAttribute("words", words.in(chinese(locale)));
        try {
            fromVault.run();
        } catch (KeyServiceException | MachineTlsException e) {
            model.addAttribute("unavailable", reason(e, locale));
        }
    }

    /** The page is asked for again and says why it was not done, so that loading it anew sends nothing twice. */
    static void refused(RuntimeException e, Locale locale, RedirectAttributes next) {
        next.addFlashAttribute("problem", reason(e, locale));
    }

    private static String reason(RuntimeException e, Locale locale) {
        if (e instanceof KeyServiceException refusal) {
            return chinese(locale) ? refusal.reason().chinese() : String.valueOf(refusal.getMessage());
        }
        return chinese(locale) ? KeyRefusal.UNAVAILABLE.chinese() : KeyRefusal.UNAVAILABLE.english();
    }

    private static boolean chinese(Locale locale) {
        return locale.getLanguage().equals("zh");
    }

    /**
     * What was typed in secret; the caller closes it.
     *
     * @throws MalformedInput for more than {@value #LONGEST_SECRET} characters, without repeating one
     */
    static SecretBytes secret(String typed) {
        if (typed.length() > LONGEST_SECRET) {
            throw new MalformedInput("expected at most " + LONGEST_SECRET + " characters");
        }
        return SecretBytes.takeOver(typed.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A custodian's number, as far as it can be one.
     *
     * @throws KeyServiceException {@link KeyRefusal#UNKNOWN_CUSTODIAN}
     */
    static int custodian(int typed) {
        if (typed < 0 || typed > Custodian.MOST) {
            throw new KeyServiceException(KeyRefusal.UNKNOWN_CUSTODIAN, "expected one of the list");
        }
        return typed;
    }

    /**
     * A PIN that is typed twice, because nobody sees it.
     *
     * @throws KeyServiceException {@link KeyRefusal#BAD_PIN} when they differ
     */
    static SecretBytes newPin(String typed, String again) {
        if (!typed.equals(again)) {
            throw new KeyServiceException(KeyRefusal.BAD_PIN, "the two are different");
        }
        return secret(typed);
    }
}
