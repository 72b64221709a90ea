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

#ifndef __WINELSP_APP_MEMORY_H
#define __WINELSP_APP_MEMORY_H

#include <stdarg.h>
#include "windef.h"
#include "winbase.h"

/* The catalog functions report bad pointers as WSAEFAULT (§10): what they get is copied before they use it, with
 * no lock held, and what they return is written from a copy. Any thread. */

/* FALSE if src cannot be read, or dst cannot be written. Part of it may have been copied. */
extern BOOL copy_from_app( void *dst, const void *src, size_t size );
extern BOOL copy_to_app( void *dst, const void *src, size_t size );

/* Copies a terminated string of less than count characters. Returns 0, WSAEFAULT if it cannot be read, WSAEINVAL
 * if it is empty or longer. */
extern int copy_string_from_app( WCHAR *dst, const WCHAR *src, size_t count );

#endif /* __WINELSP_APP_MEMORY_H */
