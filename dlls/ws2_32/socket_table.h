/*
 * Socket table
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

#ifndef __WINELSP_SOCKET_TABLE_H
#define __WINELSP_SOCKET_TABLE_H

#include "provider.h"

/* Which provider owns which socket, and for a non-IFS handle its context.
 *
 * A SOCKET is a wineserver handle: small, dense, a multiple of 4, and reused at once. The table is indexed by
 * it, in two levels that grow on demand and never shrink. Reading takes no lock and writes no memory.
 * Nothing here takes a lock: all of it may be called from any thread, under any lock, and during
 * DLL_PROCESS_DETACH. None of it sets the last error. */

/* The provider that an application's call on s goes to. NULL when s is not in the table, or is being closed. */
extern struct provider *socket_table_provider( SOCKET s );

/* Whether s is in the table and being closed: from socket_table_begin_close() on, for a non-IFS handle until its
 * provider closes it. */
extern BOOL socket_table_is_closing( SOCKET s );

/* Makes a provider the owner of a kernel handle; the latest caller wins. FALSE if s cannot be a kernel handle, is
 * an open non-IFS one, or without memory. A non-IFS handle that the application closed by CloseHandle() is forgotten
 * when its value comes here again. */
extern BOOL socket_table_set_ifs( SOCKET s, struct provider *provider );

/* The same for a handle that nobody has registered. When somebody has by now, such as the layer that a new socket
 * with this value belongs to, that one stays the owner. Returns the owner, or NULL. */
extern struct provider *socket_table_adopt( SOCKET s, struct provider *provider );

/* Begins the closing of s: from here on applications find no socket there. Returns its provider, or NULL. */
extern struct provider *socket_table_begin_close( SOCKET s );

/* Ends it, in the same thread. A kernel handle is forgotten, unless somebody was given the same value meanwhile; a
 * non-IFS handle stays, with its context, until socket_table_close_non_ifs(). When the close failed the socket is as
 * before. */
extern void socket_table_end_close( SOCKET s, struct provider *provider, BOOL closed );

/* Makes a non-IFS handle of a provider, or returns INVALID_SOCKET when that is impossible. With a NULL provider the
 * handle can be completed and closed, but applications find no socket there. */
extern SOCKET socket_table_create_non_ifs( struct provider *provider, DWORD_PTR context );

/* The context of an open non-IFS handle; FALSE for anything else. Never that of a handle that was closed
 * before the call. */
extern BOOL socket_table_context( SOCKET s, DWORD_PTR *context );

/* Closes a non-IFS handle; FALSE if s is no open one. The kernel handles go when the last user is done. */
extern BOOL socket_table_close_non_ifs( SOCKET s );

/* The inner handle of an open non-IFS handle, kept open until socket_table_release_inner(); NULL otherwise. */
extern HANDLE socket_table_acquire_inner( SOCKET s );
extern void socket_table_release_inner( SOCKET s );

/* Forgets every socket, and closes the non-IFS handles that are left. For the last WSACleanup. */
extern void socket_table_clear(void);

#endif /* __WINELSP_SOCKET_TABLE_H */
