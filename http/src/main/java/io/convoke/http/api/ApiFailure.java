package io.convoke.http.api;

import org.jspecify.annotations.Nullable;

/** Why a request is not carried out; thrown by resources, and answered by the routes. */
final class ApiFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final @Nullable String parameter;
    private final @Nullable String error;

    private ApiFailure(int status, String code, String detail, @Nullable String parameter, @Nullable String error) {
        super(detail, null, false, false);
        this.status = status;
        this.code = code;
        this.parameter = parameter;
        this.error = error;
    }

    static ApiFailure of(int status, String code, String detail) {
        return new ApiFailure(status, code, detail, null, null);
    }

    /** {@code error} is {@code valueMissing}, {@code valueInvalid}, {@code valueTooShort} or {@code valueTooLong}. */
    static ApiFailure parameter(String parameter, String error, String detail) {
        return new ApiFailure(400, "parameterError", detail, parameter, error);
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    /** In people's words. */
    String detail() {
        return String.valueOf(getMessage());
    }

    @Nullable
    String parameter() {
        return parameter;
    }

    @Nullable
    String error() {
        return error;
    }
}
