/*
 * Memory that an application passes to us
 *
 * Copyright 2026 the winelsp authors
 *
 * This library is free software; you can redistribute it and/or
 * modify it under the terms of the GNU Lesser General Public
 * License as published by the Free Software Foundation; either
 * version 2.1 of the License, or (at your option) any later version.
 *
 * This library is distributed in the hope that it will be useful,
 * but WITHOUT ANY WARRANTY; without even the implied warranty of
 * MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE.  See the GNU
 * Lesser General Public License for more details.
 *
 * You should have received a copy of the GNU Lesser General Public
 * License along with this library; if not, write to the Free Software
 * Foundation, Inc., 51 Franklin St, Fifth Floor, Boston, MA 02110-1301, USA
 */

#include "ws2_32_private.h"
#include "app_memory.h"
#include "wine/exception.h"

static BOOL copy_guarded( void *dst, const void *src, size_t size )
{
    BOOL ret = TRUE;

    __TRY
    {
        /* The compiler knows that memcpy() does not read the frame of __TRY, and would not write all of it: after a
         * fault the thread's list of handlers then went on anywhere (gcc 12). */
        __asm__ __volatile__( "" : : : "memory" );
        memcpy( dst, src, size );
    }
    __EXCEPT_PAGE_FAULT
    {
        ret = FALSE;
    }
    __ENDTRY
    return ret;
}

BOOL copy_from_app( void *dst, const void *src, size_t size )
{
    return copy_guarded( dst, src, size );
}

BOOL copy_to_app( void *dst, const void *src, size_t size )
{
    return copy_guarded( dst, src, size );
}

int copy_string_from_app( WCHAR *dst, const WCHAR *src, size_t count )
{
    size_t len;

    for (len = 0; len < count; ++len)
    {
        if (!copy_from_app( dst + len, src + len, sizeof(*src) )) return WSAEFAULT;
        if (!dst[len]) return len ? 0 : WSAEINVAL;
    }
    return WSAEINVAL;
}
