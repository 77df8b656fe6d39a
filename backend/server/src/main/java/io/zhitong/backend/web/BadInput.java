package io.zhitong.backend.web;

import io.zhitong.smcrypto.MalformedInput;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/** What a browser sends and nobody can read is the sender's mistake, not the program's (错误请求). */
@ControllerAdvice
final class BadInput {
    /** The input is not repeated in the answer. */
    @ExceptionHandler(MalformedInput.class)
    void malformed(HttpServletResponse response) throws IOException {
        response.sendError(HttpServletResponse.SC_BAD_REQUEST);
    }
}
