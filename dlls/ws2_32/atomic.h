/*
 * Atomic access
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

#ifndef __WINELSP_ATOMIC_H
#define __WINELSP_ATOMIC_H

#include <stdarg.h>
#include "windef.h"
#include "winbase.h"

/* The Windows headers of Wine 8.0 have ReadAcquire(), but nothing for pointers and no WriteRelease(). */

static inline void *read_pointer_acquire( void *const volatile *src )
{
    return __atomic_load_n( src, __ATOMIC_ACQUIRE );
}

static inline void write_release( LONG volatile *dst, LONG value )
{
    __atomic_store_n( dst, value, __ATOMIC_RELEASE );
}

static inline void write_pointer_release( void *volatile *dst, void *value )
{
    __atomic_store_n( dst, value, __ATOMIC_RELEASE );
}

#endif /* __WINELSP_ATOMIC_H */
