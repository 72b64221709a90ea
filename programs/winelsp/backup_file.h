/*
 * Administration of layered providers: catalogs in a file
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

#ifndef __WINELSP_BACKUP_FILE_H
#define __WINELSP_BACKUP_FILE_H

#include "reg_tree.h"

/* A backup file is UTF-8 text in the form that regedit writes and imports, so that it can be restored without this
 * program, too:
 *
 *   Windows Registry Editor Version 5.00
 *
 *   ; winelsp backup, version 1
 *
 *   [-HKEY_LOCAL_MACHINE\System\CurrentControlSet\Services\WinSock2\Parameters]
 *
 *   [HKEY_LOCAL_MACHINE\System\CurrentControlSet\Services\WinSock2\Parameters]
 *   "WinSock_Registry_Version"="2.0"
 *
 *   [HKEY_LOCAL_MACHINE\System\CurrentControlSet\Services\WinSock2\Parameters\Protocol_Catalog9]
 *   "Next_Catalog_Entry_ID"=dword:0000040a
 *
 *   ; 1001 base, MSAFD Tcpip [TCP/IP]
 *   [HKEY_LOCAL_MACHINE\System\...\Protocol_Catalog9\Catalog_Entries64\000000000001]
 *   "PackedCatalogItem"=hex:25,53,79,73,74,65,6d,52,6f,6f,74,25,5c,73,79,73,74,65,\
 *     6d,33,32,5c,6d,73,77,73,6f,63,6b,2e,64,6c,6c,00,00,00,00,00,00,00,00,00,00,00
 *
 *   ; end of the winelsp backup
 *
 * It has all keys and values below Parameters. Every key comes behind the one that it is below. A value is "NAME", or
 * @ for the key's own, and "STRING" (REG_SZ; \" and \\ stand for " and \), dword: with eight hexadecimal digits,
 * hex: (REG_BINARY) or hex(TYPE): with the bytes. A line that ends in \ goes on in the next. Other lines that begin
 * with ; are comments. The line at the end shows that nothing was cut off. */

/* Writes a new file. FALSE after an error message; there is no file then. */
extern BOOL backup_file_write( const WCHAR *path, const struct reg_key *tree );

/* Reads a file into an empty tree. FALSE after an error message, which has the number of the line; the tree may have
 * a part of the file then. Nothing is accepted but what the description above has. */
extern BOOL backup_file_read( const WCHAR *path, struct reg_key *tree );

/* The fixed lines. */
#define BACKUP_HEADER  L"Windows Registry Editor Version 5.00"
#define BACKUP_VERSION L"; winelsp backup, version "     /* and the number */
#define BACKUP_NUMBER  L"1"
#define BACKUP_ROOT    L"HKEY_LOCAL_MACHINE\\" PARAMETERS_KEY
#define BACKUP_END     L"; end of the winelsp backup"

#endif /* __WINELSP_BACKUP_FILE_H */
