/*
 * Administration of layered providers: saving and restoring the catalogs
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

#ifndef __WINELSP_BACKUP_H
#define __WINELSP_BACKUP_H

#include "state.h"

/* --- backup.c --- */

/* Writes the tree, which is what is about to be changed, to a file, and tells the user which; with a NULL path to a new
 * file in the current folder. FALSE after an error message. */
extern BOOL write_backup( const struct reg_key *tree, const WCHAR *path );

/* The arguments of a command that writes a backup: "--backup FILE", which may be left out, and the name of one file,
 * or with NULL no other. Returns STATUS_OK, or STATUS_USAGE after an error message. */
extern int parse_backup_args( const struct command *command, int argc, WCHAR **argv, const WCHAR **file,
                              const WCHAR **backup );

#endif /* __WINELSP_BACKUP_H */
