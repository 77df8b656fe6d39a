package io.zhitong.backend.testing;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/** The program's Argon2id at the least memory and one pass: hundreds of log-ins of the tests would else be most of their time. */
public final class CheapPasswords {
    private CheapPasswords() {}

    @Bean
    @Primary
    public static PasswordEncoder cheapPasswordEncoder() {
        return new Argon2PasswordEncoder(16, 32, 1, 8, 1);
    }
}
